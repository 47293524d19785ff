// Sends SIGFPE to its own thread by the system call.  Nothing is divided: it happens on every
// architecture.
//
// Runs in: unit.
#include "scenarios/signal/self_signal.h"

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "tgkill-fpe",
    .summary = "Sends SIGFPE to its own thread with tgkill().",
    .tags = {"fatal", "failure", "ends-process", "signal"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGFPE}},
    .act = bulkhead::scenarios::Tgkill<SIGFPE>,
};
