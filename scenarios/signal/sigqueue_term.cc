// Queues SIGTERM, with a value, to its own process, which does not handle it: the default action
// ends the process, whichever thread takes the signal.  The call has an effect that no compiler may
// remove.
//
// Runs in: unit.
#include "scenarios/signal/self_signal.h"

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "sigqueue-term",
    .summary = "Sends an unhandled SIGTERM to its own process with sigqueue().",
    .tags = {"fatal", "failure", "ends-process", "signal"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGTERM}},
    .act = bulkhead::scenarios::Queue<SIGTERM>,
};
