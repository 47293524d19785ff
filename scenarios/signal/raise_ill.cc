// Sends SIGILL to its own thread.  No instruction is at fault: unlike after a real one, a handler
// could return and go on.
//
// Runs in: unit.
#include "scenarios/signal/self_signal.h"

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "raise-ill",
    .summary = "Sends SIGILL to itself with raise().",
    .tags = {"fatal", "failure", "ends-process", "signal"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGILL}},
    .act = bulkhead::scenarios::Raise<SIGILL>,
};
