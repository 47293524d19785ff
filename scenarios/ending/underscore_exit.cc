// Calls _exit(3): the process is gone at once, no exit handler runs and no buffer is flushed.  The
// call has an effect that no compiler may remove.
//
// Runs in: unit.
#include <unistd.h>

#include "scenarios/common.h"

namespace {

void Act(bh_unit*) { _exit(3); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "underscore-exit",
    .summary = "Calls _exit(3) in the middle of its work.",
    .tags = {"failure", "ends-process", "exit"},
    .kind = BH_FAULT,
    .ends = {{BH_END_EXIT, 3}},
    .act = Act,
};
