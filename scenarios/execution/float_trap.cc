// Switches the trap for floating-point division by zero on and divides by zero.  By default the
// quotient is infinity and nothing happens.  Operands and quotient are volatile.
//
// Many processors other than x86 have no such trap: there the list of ends is empty and no trial
// counts.
//
// Runs in: unit.
#include <cfenv>
#include <csignal>

#include "scenarios/common.h"

namespace {

void Act(bh_unit*) {
  volatile double one = 1.0;
  volatile double zero = 0.0;
  feclearexcept(FE_ALL_EXCEPT);
  if (feenableexcept(FE_DIVBYZERO) == -1) return;
  volatile double quotient = one / zero;
  bulkhead::plugin::Opaque(&quotient);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "float-trap",
    .summary = "Divides a float by zero with that trap switched on (x86 only).",
    .tags = {"fatal", "failure", "ends-process", "arithmetic", "x86-only"},
    .kind = BH_FAULT,
#if defined(__x86_64__)
    .ends = {{BH_END_SIGNAL, SIGFPE}},
#endif
    .act = Act,
};
