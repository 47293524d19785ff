// Executes the compiler's own trap, which it also puts where it finds that code cannot be reached.
// No compiler removes it.
//
// On x86 it is an illegal instruction.  Elsewhere it may be a breakpoint, or a call of abort().
//
// Runs in: unit.
#include <csignal>

#include "scenarios/common.h"

namespace {

void Act(bh_unit*) { __builtin_trap(); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "trap-builtin",
    .summary = "Executes the compiler's trap, __builtin_trap().",
    .tags = {"fatal", "failure", "ends-process", "execution"},
    .kind = BH_FAULT,
#if defined(__x86_64__) || defined(__i386__)
    .ends = {{BH_END_SIGNAL, SIGILL}},
#else
    .ends = {{BH_END_SIGNAL, SIGILL}, {BH_END_SIGNAL, SIGTRAP}, {BH_END_SIGNAL, SIGABRT}},
#endif
    .act = Act,
};
