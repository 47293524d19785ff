// Calls through a null function pointer.  The compiler cannot see that the pointer is null.
//
// Runs in: unit.
#include <csignal>

#include "scenarios/common.h"

namespace {

using Function = void (*)();

void Act(bh_unit*) { bulkhead::plugin::Opaque(static_cast<Function>(nullptr))(); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "null-call",
    .summary = "Calls through a null function pointer.",
    .tags = {"fatal", "failure", "ends-process", "execution"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGSEGV}},
    .act = Act,
};
