// Divides the smallest integer by -1: the quotient does not fit.  Both operands and the quotient
// are opaque.
//
// Only x86 traps.  aarch64 and riscv64 return a value, so there is no end that shows the fault: the
// list is empty and no trial counts.
//
// Runs in: unit.
#include <climits>
#include <csignal>

#include "scenarios/common.h"

namespace {

using bulkhead::plugin::Opaque;

void Act(bh_unit*) { Opaque(Opaque(INT_MIN) / Opaque(-1)); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "int-min-divide",
    .summary = "Divides the smallest integer by -1 (traps on x86 only).",
    .tags = {"fatal", "failure", "ends-process", "arithmetic", "x86-only"},
    .kind = BH_FAULT,
#if defined(__x86_64__) || defined(__i386__)
    .ends = {{BH_END_SIGNAL, SIGFPE}},
#endif
    .act = Act,
};
