// Stops itself with SIGSTOP, which cannot be handled, and does so again whenever it is continued.
// The signal stops the process with all its threads, whichever of them sent it (signal(7)).  The
// call has an effect that no compiler may remove.
//
// Runs in: unit.
#include <csignal>

#include "scenarios/common.h"

namespace {

void Act(bh_unit*) {
  while (raise(SIGSTOP) == 0) {
  }
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "self-stop",
    .summary = "Stops its own process with SIGSTOP.",
    .tags = {"hang", "failure", "signal"},
    .kind = BH_FAULT,
    .ends = {{BH_END_STOPPED, 0}},
    .act = Act,
};
