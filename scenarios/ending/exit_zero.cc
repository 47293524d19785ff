// Calls exit(0) in the middle of its work: a clean end that looks like success.  exit, not _exit:
// exit handlers run and buffers are flushed, that is the mistake itself.  The call has an effect
// that no compiler may remove.
//
// Runs in: unit.
#include "scenarios/common.h"

namespace {

void Act(bh_unit*) { std::exit(0); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "exit-zero",
    .summary = "Calls exit(0) in the middle of its work.",
    .tags = {"failure", "ends-process", "exit"},
    .kind = BH_FAULT,
    .ends = {{BH_END_EXIT, 0}},
    .act = Act,
};
