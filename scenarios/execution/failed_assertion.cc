// Fails an assertion.  Assertions are switched on here whatever the build says, and the compiler
// cannot see that the condition is false.
//
// Runs in: unit.
#undef NDEBUG
#include <cassert>
#include <csignal>

#include "scenarios/common.h"

namespace {

void Act(bh_unit*) { assert(bulkhead::plugin::Opaque(0) == 1); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "failed-assertion",
    .summary = "Fails an assertion, which calls abort().",
    .tags = {"fatal", "failure", "ends-process", "execution"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGABRT}},
    .act = Act,
};
