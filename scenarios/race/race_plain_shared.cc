// All units add to a counter in a mapping that they share, without any synchronisation, on two CPUs
// where there are two.  The counter is volatile: each addition stays one load and one store.
//
// Runs in: unit.
#include "scenarios/race/counter.h"

namespace {

using Counter = bulkhead::scenarios::PlainCounter;
using Race = bulkhead::scenarios::Race<Counter, MAP_SHARED, bulkhead::scenarios::Apart>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "race-plain-shared",
    .summary = "All units add at once to one counter in a shared mapping, without synchronisation.",
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
