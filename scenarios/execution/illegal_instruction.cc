// Executes the opcode that the architecture defines as illegal for ever: an unassigned one need not
// trap.  Inline assembly stays where it is.
//
// Runs in: unit.
#include <csignal>

#include "scenarios/common.h"

namespace {

void Act(bh_unit*) {
#if defined(__x86_64__) || defined(__i386__)
  asm volatile("ud2");
#elif defined(__aarch64__) || defined(__arm__)
  asm volatile("udf #0");
#elif defined(__riscv)
  asm volatile("unimp");
#else
  __builtin_trap();
#endif
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "illegal-instruction",
    .summary = "Executes an instruction that is defined to be illegal.",
    .tags = {"fatal", "failure", "ends-process", "execution"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGILL}},
    .act = Act,
};
