// The victim hands a word to each bystander through plain memory while both run: it writes the word
// into a variable and then sets a flag; the bystander waits for the flag and reads the variable.
// No kernel object and no lock takes part.
//
// The flag's release and acquire order the plain store before the plain load, so no compiler may
// move or drop either.  A bystander that has waited in vain looks once more when it is asked: the
// victim has acted by then.
//
// Runs in: unit.
#include <atomic>

#include "scenarios/common.h"

namespace {

using bulkhead::scenarios::kMostUnits;
using bulkhead::scenarios::kVictim;

constexpr int kMostPolls = 200'000;  // below a millisecond

struct alignas(64) Box {
  std::uint64_t word;
  std::atomic<bool> full;
};

Box g_boxes[kMostUnits];  // of the bystander with that index

void Prepare(bh_unit* unit) {
  bulkhead::scenarios::Require(unit->count <= kMostUnits);
  if (unit->index != kVictim) g_boxes[unit->index].full.store(false, std::memory_order_relaxed);
}

void Put(Box& box, std::uint64_t word) {
  box.word = word;
  box.full.store(true, std::memory_order_release);
}

void Act(bh_unit* unit) {
  if (unit->control != 0) return;  // nobody hands over anything
  if (unit->index == kVictim) {
    for (std::uint32_t i = 1; i < unit->count; ++i) Put(g_boxes[i], unit->token);
    return;
  }
  for (int poll = 0; poll < kMostPolls; ++poll) {
    if (g_boxes[unit->index].full.load(std::memory_order_acquire)) return;
  }
}

void Watch(bh_unit* unit) {
  if (unit->index == kVictim) return;
  const Box& box = g_boxes[unit->index];
  const bool full = box.full.load(std::memory_order_acquire);
  bulkhead::plugin::Reading(unit, "direct", full ? box.word : unit->token);
}

void Hit(bh_unit* unit, std::uint64_t foreign) { Put(g_boxes[unit->index], foreign); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "direct",
    .summary = "The victim hands its token to each bystander through a variable and a flag.",
    .tags = {"ipc", "memory"},
    .kind = BH_PROBE,
    .flags = BH_EVERYONE_ACTS,
    .ends = {{BH_END_RETURN, 0}},
    .prepare = Prepare,
    .act = Act,
    .watch = Watch,
    .hit = Hit,
};
