// The unsynchronised additions of race-plain on two CPUs, the victim on one and its neighbours in
// turn on the other and the same.  The counter is volatile.
//
// Runs in: unit.
#include "scenarios/race/counter.h"

namespace {

using Counter = bulkhead::scenarios::PlainCounter;
using Race = bulkhead::scenarios::Race<Counter, MAP_PRIVATE, bulkhead::scenarios::TwoCpus>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "race-plain-two-cpus",
    .summary = "All units add at once to one plain counter, on two CPUs.",
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
