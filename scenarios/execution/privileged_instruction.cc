// Executes an instruction that only the kernel may execute.  x86 answers with a general protection
// fault, which Linux delivers as SIGSEGV without an address.  Inline assembly stays where it is.
//
// Elsewhere nothing happens.
//
// Runs in: unit.
#include <csignal>

#include "scenarios/common.h"

namespace {

void Act(bh_unit*) {
#if defined(__x86_64__) || defined(__i386__)
  asm volatile("hlt");
#endif
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "privileged-instruction",
    .summary = "Executes an instruction that is reserved for the kernel (x86 only).",
    .tags = {"fatal", "failure", "ends-process", "execution", "x86-only"},
    .kind = BH_FAULT,
#if defined(__x86_64__) || defined(__i386__)
    .ends = {{BH_END_SIGNAL, SIGSEGV}},
#endif
    .act = Act,
};
