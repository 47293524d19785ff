// All units add to an ordinary counter, compiled with optimisation: gcc and clang make one addition
// of the whole loop, since the language lets nobody else look.  The race is as wrong as before. The
// build compiles sources that are named like this one at that level (scenarios/CMakeLists.txt);
// built without optimisation, the scenario has no certain end and is not run.
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
    .name = "race-plain-o2",
    .summary = "All units add at once to one ordinary counter, compiled with optimisation (-O2).",
    .tags = {"race"},
    .kind = BH_PROBE,
    .flags = BH_EVERYONE_ACTS,
#if defined(__OPTIMIZE__)
    .ends = {{BH_END_RETURN, 0}},
#endif
    .setup = Race::Setup,
    .prepare = Race::Prepare,
    .act = Race::Act,
    .watch = Race::Watch,
    .hit = Race::Hit,
};
