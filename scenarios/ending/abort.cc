// Calls abort().  The call has an effect that no compiler may remove.
//
// Runs in: unit.
#include <csignal>

#include "scenarios/common.h"

namespace {

void Act(bh_unit*) { std::abort(); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "abort",
    .summary = "Calls abort().",
    .tags = {"fatal", "failure", "ends-process", "signal"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGABRT}},
    .act = Act,
};
