// The victim forks and both go on as the victim: two processes on one channel.
#include <unistd.h>

#include "scenarios/common.h"

namespace {

void Act(bh_unit*) { bulkhead::scenarios::Require(fork() >= 0); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "act-forks-itself",
    .summary = "Forks, and both go on.",
    .kind = BH_FAULT,
    .ends = {{BH_END_RETURN, 0}},
    .act = Act,
};
