// Calls std::quick_exit(4): only the handlers of at_quick_exit run, of which there are none.  The
// call has an effect that no compiler may remove.
//
// Runs in: unit.
#include "scenarios/common.h"

namespace {

void Act(bh_unit*) { std::quick_exit(4); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "quick-exit",
    .summary = "Calls std::quick_exit(4) in the middle of its work.",
    .tags = {"failure", "ends-process", "exit"},
    .kind = BH_FAULT,
    .ends = {{BH_END_EXIT, 4}},
    .act = Act,
};
