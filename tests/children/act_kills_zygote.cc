// The victim kills the process that it was forked from: the leader of its session.
#include <unistd.h>

#include <csignal>

#include "scenarios/common.h"

namespace {

void Act(bh_unit*) { kill(getsid(0), SIGKILL); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "act-kills-zygote",
    .summary = "Kills its zygote.",
    .kind = BH_FAULT,
    .ends = {{BH_END_RETURN, 0}},
    .act = Act,
};
