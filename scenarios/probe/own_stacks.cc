// Every unit recurses, all at once, with a local variable made of its token in each frame, and
// checks all of them on the way back.  It also says which stretch of stack it used: no two units of
// one address space may name the same.
//
// The locals are volatile and the function is kept; checking after the call keeps the recursion.
//
// Runs in: unit.
#include <algorithm>

#include "scenarios/common.h"

namespace {

using bulkhead::scenarios::kMostUnits;

constexpr std::uint32_t kFrames = 64;
constexpr int kRounds = 100;  // long enough that the units overlap in time

struct Observed {
  std::uint64_t token;  // the unit's own, or the last other one found in a frame
  std::uintptr_t low;   // of the locals
  std::uintptr_t high;
};

Observed g_observed[kMostUnits];  // by the unit with that index

BH_KEEP void Descend(Observed& observed, std::uint64_t written, std::uint64_t expected,
                     std::uint32_t depth) {
  volatile std::uint64_t local = written ^ depth;
  const auto address = reinterpret_cast<std::uintptr_t>(&local);
  observed.low = std::min(observed.low, address);
  observed.high = std::max(observed.high, address + sizeof(local));
  if (depth > 1) Descend(observed, written, expected, depth - 1);
  const std::uint64_t found = local ^ depth;
  if (found != expected) observed.token = found;
}

void Prepare(bh_unit* unit) {
  bulkhead::scenarios::Require(unit->count <= kMostUnits);
  g_observed[unit->index] = {unit->token, UINTPTR_MAX, 0};
}

void Act(bh_unit* unit) {
  for (int round = 0; round < kRounds; ++round) {
    Descend(g_observed[unit->index], unit->token, unit->token, kFrames);
  }
}

void Watch(bh_unit* unit) {
  const Observed& observed = g_observed[unit->index];
  bulkhead::plugin::Reading(unit, "local", observed.token);
  if (observed.high == 0) return;  // it has not acted
  bulkhead::plugin::Region(unit, "stack", reinterpret_cast<const void*>(observed.low),
                           observed.high - observed.low);
}

// Frames that hold another's token, seen by the same check.
void Hit(bh_unit* unit, std::uint64_t foreign) {
  Descend(g_observed[unit->index], foreign, unit->token, kFrames);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "own-stacks",
    .summary = "All units recurse at once and check the local variables of every frame.",
    .tags = {"memory", "stack"},
    .kind = BH_PROBE,
    .flags = BH_EVERYONE_ACTS,
    .ends = {{BH_END_RETURN, 0}},
    .prepare = Prepare,
    .act = Act,
    .watch = Watch,
    .hit = Hit,
};
