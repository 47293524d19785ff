// All units add to a counter in ordinary memory, under a mutex.  Lock and unlock are calls that
// no compiler may remove.
//
// Runs in: unit.
#include "scenarios/race/counter.h"

namespace {

using Counter = bulkhead::scenarios::MutexCounter<PTHREAD_PROCESS_PRIVATE>;
using Race = bulkhead::scenarios::Race<Counter, MAP_PRIVATE>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "race-mutex",
    .summary = "All units add at once to one counter in ordinary memory, under a mutex.",
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
