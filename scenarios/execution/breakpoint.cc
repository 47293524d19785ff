// Executes a breakpoint instruction while no debugger is there to catch it.  Inline assembly stays
// where it is; raise(SIGTRAP) would be no model of it.
//
// Runs in: unit.
#include <csignal>

#include "scenarios/common.h"

#if defined(__x86_64__) || defined(__i386__)
#define BREAKPOINT "int3"
#elif defined(__aarch64__)
#define BREAKPOINT "brk #0"
#elif defined(__riscv)
#define BREAKPOINT "ebreak"
#endif

namespace {

void Act(bh_unit*) {
#if defined(BREAKPOINT)
  asm volatile(BREAKPOINT);
#endif
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "breakpoint",
    .summary = "Executes a breakpoint instruction without a debugger.",
    .tags = {"fatal", "failure", "ends-process", "execution"},
    .kind = BH_FAULT,
#if defined(BREAKPOINT)
    .ends = {{BH_END_SIGNAL, SIGTRAP}},
#endif
    .act = Act,
};
