// All units add to a counter in ordinary memory, without any synchronisation.  The counter is
// volatile: each addition stays one load and one store.
//
// Runs in: unit.
#include "scenarios/race/counter.h"

namespace {

using Counter = bulkhead::scenarios::PlainCounter;
using Race = bulkhead::scenarios::Race<Counter, MAP_PRIVATE>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "race-plain",
    .summary = "All units add at once to one counter in ordinary memory, without synchronisation.",
    .tags = {"race"},
    .kind = BH_PROBE,
    .flags = BH_EVERYONE_ACTS,
    .ends = {{BH_END_RETURN, 0}},
    .setup = Race::Setup,
    .prepare = Race::Prepare,
    .act = Race::Act,
    .watch = Race::Watch,
    .hit = Race::Hit,
};
