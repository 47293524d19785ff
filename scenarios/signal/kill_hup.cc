// Sends SIGHUP to its own process, as the kernel does when a terminal goes away.
//
// Runs in: unit.
#include "scenarios/signal/self_signal.h"

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "kill-hup",
    .summary = "Sends an unhandled SIGHUP to its own process with kill().",
    .tags = {"fatal", "failure", "ends-process", "signal"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGHUP}},
    .act = bulkhead::scenarios::Kill<SIGHUP>,
};
