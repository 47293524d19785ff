// Kills its own process with SIGKILL, which no handler sees.  The call has an effect that no
// compiler may remove.
//
// The init process of a PID namespace ignores it; a unit under test is never init.
//
// Runs in: unit.
#include <unistd.h>

#include <csignal>

#include "scenarios/common.h"

namespace {

void Act(bh_unit*) { kill(getpid(), SIGKILL); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "sigkill",
    .summary = "Kills its own process with SIGKILL.",
    .tags = {"fatal", "failure", "ends-process", "signal"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGKILL}},
    .act = Act,
};
