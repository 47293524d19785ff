// Each bystander maps a page at an address of its own choice and stores its token there; nothing
// else is mapped at these addresses.  The victim loads from and stores to all of them.  Where they
// mean nothing to it, it takes SIGSEGV and goes on.  It says what it loaded (its own token: no load
// came through), each bystander what its page holds.
//
// Loads and stores are volatile: they happen.  The fixed addresses are the same in all processes,
// whatever was forked or executed, so the victim uses an address that is valid in the other.
//
// Runs in: unit.
#include <csetjmp>
#include <csignal>

#include "scenarios/common.h"

namespace {

using bulkhead::plugin::Opaque;
using bulkhead::plugin::Reading;
using bulkhead::scenarios::kMostUnits;
using bulkhead::scenarios::kVictim;
using bulkhead::scenarios::Require;

using Word = volatile std::uint64_t;

constexpr std::size_t kPageBytes = 4096;

Word* PageOf(std::uint32_t bystander) {
  constexpr std::uintptr_t kFirst = 0x2000'0000'0000, kDistance = 1 << 20;
  return reinterpret_cast<Word*>(Opaque(kFirst + bystander * kDistance));
}

sigjmp_buf g_after_fault;  // of the victim
Word g_loaded;             // by the victim: its own token, or the first other value

void OnFault(int) { siglongjmp(g_after_fault, 1); }

// In functions of their own: nothing but the fault happens between sigsetjmp and the return.
BH_KEEP bool Load(const Word* from, std::uint64_t* value) {
  if (sigsetjmp(g_after_fault, 1) != 0) return false;
  *value = *from;
  return true;
}

BH_KEEP void Store(Word* to, std::uint64_t value) {
  if (sigsetjmp(g_after_fault, 1) == 0) *to = value;
}

void Prepare(bh_unit* unit) {
  Require(unit->count <= kMostUnits);
  if (unit->index == kVictim) {
    g_loaded = unit->token;
    return;
  }
  Word* page = PageOf(unit->index);
  Require(mmap(const_cast<std::uint64_t*>(page), kPageBytes, PROT_READ | PROT_WRITE,
               MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) == page);
  *page = unit->token;
}

void Act(bh_unit* unit) {
  struct sigaction own {
  }, before{};
  own.sa_handler = OnFault;
  sigemptyset(&own.sa_mask);
  Require(sigaction(SIGSEGV, &own, &before) == 0);
  for (std::uint32_t i = 1; i < unit->count; ++i) {
    std::uint64_t value = 0;
    if (Load(PageOf(i), &value) && g_loaded == unit->token) g_loaded = value;
    Store(PageOf(i), unit->token);
  }
  Require(sigaction(SIGSEGV, &before, nullptr) == 0);
}

void Watch(bh_unit* unit) {
  if (unit->index == kVictim) {
    Reading(unit, "load", g_loaded);
  } else {
    Reading(unit, "store", *PageOf(unit->index));
  }
}

void Hit(bh_unit* unit, std::uint64_t foreign) { *PageOf(unit->index) = foreign; }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "unreachable-memory",
    .summary =
        "The victim loads from and stores to addresses that only the bystanders have mapped.",
    .tags = {"memory"},
    .kind = BH_PROBE,
    .ends = {{BH_END_RETURN, 0}},
    .prepare = Prepare,
    .act = Act,
    .watch = Watch,
    .hit = Hit,
};
