// Sends SIGQUIT to its own thread: what a terminal sends on Ctrl-\, and a core dump by default.
//
// Runs in: unit.
#include "scenarios/signal/self_signal.h"

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "raise-quit",
    .summary = "Sends SIGQUIT to itself with raise().",
    .tags = {"fatal", "failure", "ends-process", "signal"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGQUIT}},
    .act = bulkhead::scenarios::Raise<SIGQUIT>,
};
