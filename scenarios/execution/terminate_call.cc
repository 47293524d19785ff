// Calls std::terminate(), which calls abort().  The call has an effect that no compiler may remove.
//
// Runs in: unit.
#include <csignal>
#include <exception>

#include "scenarios/common.h"

namespace {

void Act(bh_unit*) { std::terminate(); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "terminate-call",
    .summary = "Calls std::terminate().",
    .tags = {"fatal", "failure", "ends-process", "exception"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGABRT}},
    .act = Act,
};
