// Two areas are written before any unit exists.  All units then write at once: their own tokens to
// every page of the first area, and only their own share of the pages of the second, page by page
// in turn.  Each reads whether the first area holds what it wrote itself, and whether the pages
// that others had to write still hold what was inherited.
//
// The second area is the one that tells of copy on write: a page that a unit has not written itself
// is the same memory in all of them until another one writes to it.  Pages are volatile: every load
// and store happens.
//
// Runs in: unit.
#include "scenarios/common.h"

namespace {

using bulkhead::plugin::Reading;
using bulkhead::scenarios::kMostUnits;
using bulkhead::scenarios::MapAnonymous;

constexpr std::size_t kPages = 256;
constexpr std::uint64_t kInherited = 0x6265'666f'7265'2121;  // what setup writes

struct Page {
  volatile std::uint64_t word;
  std::byte rest[4096 - sizeof(std::uint64_t)];
};

Page* g_all;     // every unit writes to all pages
Page* g_shares;  // a page is written by the unit whose share it is
std::uint64_t g_writes[kMostUnits];

bool IsShareOf(const bh_unit& unit, std::size_t page) { return page % unit.count == unit.index; }

Page* MapInherited() {
  constexpr std::size_t kBytes = kPages * sizeof(Page);
  auto* pages = static_cast<Page*>(MapAnonymous(kBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE));
  madvise(pages, kBytes, MADV_NOHUGEPAGE);  // pages are copied one by one
  for (std::size_t i = 0; i < kPages; ++i) pages[i].word = kInherited;
  return pages;
}

void Setup(bh_unit*) {
  g_all = MapInherited();
  g_shares = MapInherited();
}

void Prepare(bh_unit* unit) {
  bulkhead::scenarios::Require(unit->count <= kMostUnits);
  g_writes[unit->index] = unit->token;
}

void Act(bh_unit* unit) {
  if (unit->control != 0) return;  // nobody writes where others read
  for (std::size_t i = 0; i < kPages; ++i) {
    g_all[i].word = g_writes[unit->index];
    if (IsShareOf(*unit, i)) g_shares[i].word = unit->token;
  }
}

// The first value that is not `expected`, or the unit's token.
std::uint64_t All(const bh_unit& unit, std::uint64_t expected) {
  for (std::size_t i = 0; i < kPages; ++i) {
    if (g_all[i].word != expected) return g_all[i].word;
  }
  return unit.token;
}

std::uint64_t OtherShares(const bh_unit& unit) {
  for (std::size_t i = 0; i < kPages; ++i) {
    if (!IsShareOf(unit, i) && g_shares[i].word != kInherited) return g_shares[i].word;
  }
  return unit.token;
}

void Watch(bh_unit* unit) {
  // In the control, nothing was written.
  Reading(unit, "written", All(*unit, unit->control != 0 ? kInherited : unit->token));
  Reading(unit, "inherited", OtherShares(*unit));
}

// The unit's own stores are made as if another had made them; a page of another's share, too.
void Hit(bh_unit* unit, std::uint64_t foreign) {
  g_writes[unit->index] = foreign;
  g_shares[(unit->index + 1) % unit->count].word = foreign;
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "fork-copies",
    .summary =
        "All units write at once to pages that they inherited, and read what became of them.",
    .tags = {"memory"},
    .kind = BH_PROBE,
    .flags = BH_EVERYONE_ACTS,
    .ends = {{BH_END_RETURN, 0}},
    .setup = Setup,
    .prepare = Prepare,
    .act = Act,
    .watch = Watch,
    .hit = Hit,
};
