// All units add to an ordinary counter, compiled without optimisation: each addition stays one,
// with a load and a store.  The build compiles sources that are named like this one at that level
// (scenarios/CMakeLists.txt); built at another, the scenario has no certain end and is not run.
//
// Runs in: unit.
#include "scenarios/race/counter.h"

namespace {

using Counter = bulkhead::scenarios::OrdinaryCounter;
using Race = bulkhead::scenarios::Race<Counter, MAP_PRIVATE>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "race-plain-o0",
    .summary =
        "All units add at once to one ordinary counter, compiled without optimisation (-O0).",
    .tags = {"race"},
    .kind = BH_PROBE,
    .flags = BH_EVERYONE_ACTS,
#if !defined(__OPTIMIZE__)
    .ends = {{BH_END_RETURN, 0}},
#endif
    .setup = Race::Setup,
    .prepare = Race::Prepare,
    .act = Race::Act,
    .watch = Race::Watch,
    .hit = Race::Hit,
};
