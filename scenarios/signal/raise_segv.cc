// Sends SIGSEGV to its own thread.  No memory is touched: unlike a real fault, the signal could be
// blocked or ignored.  The call has an effect that no compiler may remove.
//
// Runs in: unit.
#include "scenarios/signal/self_signal.h"

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "raise-segv",
    .summary = "Sends SIGSEGV to itself with raise().",
    .tags = {"fatal", "failure", "ends-process", "signal"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGSEGV}},
    .act = bulkhead::scenarios::Raise<SIGSEGV>,
};
