// All units add to a counter in a mapping that they share, atomically.  gcc and clang neither merge
// nor remove atomic additions; the units' sum would show it.
//
// Runs in: unit.
#include "scenarios/race/counter.h"

namespace {

using Counter = bulkhead::scenarios::AtomicCounter;
using Race = bulkhead::scenarios::Race<Counter, MAP_SHARED>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "race-atomic-shared",
    .summary = "All units add at once to one counter in a shared mapping, atomically.",
    .tags = {"race"},
    .kind = BH_PROBE,
    .flags = BH_EVERYONE_ACTS | BH_SHARED_MAPPING,
    .ends = {{BH_END_RETURN, 0}},
    .setup = Race::Setup,
    .prepare = Race::Prepare,
    .act = Race::Act,
    .watch = Race::Watch,
    .hit = Race::Hit,
};
