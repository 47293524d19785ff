// All units write and read a pair of words under a mutex.
//
// Runs in: unit.
#include "scenarios/race/pair.h"

namespace {

using TornPair = bulkhead::scenarios::TornPair<bulkhead::scenarios::MutexPair>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "race-torn-pair-mutex",
    .summary = "All units write and read one pair of words at once, under a mutex.",
    .tags = {"race"},
    .kind = BH_PROBE,
    .flags = BH_EVERYONE_ACTS,
    .ends = {{BH_END_RETURN, 0}},
    .setup = TornPair::Setup,
    .prepare = TornPair::Prepare,
    .act = TornPair::Act,
    .watch = TornPair::Watch,
    .hit = TornPair::Hit,
};
