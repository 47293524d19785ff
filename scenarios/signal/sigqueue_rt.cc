// Queues a real-time signal, with a value, to its own process, which does not handle it: a message
// that nobody expects ends the process as surely as SIGKILL.
//
// Runs in: unit.
#include "scenarios/signal/self_signal.h"

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "sigqueue-rt",
    .summary = "Sends an unhandled real-time signal to its own process with sigqueue().",
    .tags = {"fatal", "failure", "ends-process", "signal"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, bulkhead::scenarios::kRealTimeSignal}},
    .act = bulkhead::scenarios::Queue<bulkhead::scenarios::kRealTimeSignal>,
};
