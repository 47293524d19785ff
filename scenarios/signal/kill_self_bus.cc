// Sends SIGBUS to its own process.  The call has an effect that no compiler may remove.
//
// Any thread of the process may be the one that takes it; this one waits for the end.
//
// Runs in: unit.
#include <unistd.h>

#include <csignal>

#include "scenarios/common.h"

namespace {

void Act(bh_unit*) {
  kill(getpid(), SIGBUS);
  for (;;) pause();
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "kill-self-bus",
    .summary = "Sends SIGBUS to its own process with kill().",
    .tags = {"fatal", "failure", "ends-process", "signal"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGBUS}},
    .act = Act,
};
