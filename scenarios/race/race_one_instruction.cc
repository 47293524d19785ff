// Additions to a counter in ordinary memory by one instruction each, without a lock prefix: what an
// optimiser may make of `++counter`.  Inline assembly, so that no compiler changes it.
//
// Other processors than x86-64 have no such instruction: there the list of ends is empty.
//
// Runs in: unit.
#include "scenarios/race/counter.h"

namespace {

using Counter = bulkhead::scenarios::OneInstructionCounter;
using Race = bulkhead::scenarios::Race<Counter, MAP_PRIVATE>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "race-one-instruction",
    .summary = "All units add at once to one counter by one unlocked instruction each (x86 only).",
    .tags = {"race", "x86-only"},
    .kind = BH_PROBE,
    .flags = BH_EVERYONE_ACTS,
#if defined(__x86_64__)
    .ends = {{BH_END_RETURN, 0}},
#endif
    .setup = Race::Setup,
    .prepare = Race::Prepare,
    .act = Race::Act,
    .watch = Race::Watch,
    .hit = Race::Hit,
};
