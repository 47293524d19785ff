// Sends SIGABRT to its own thread by the system call: abort() without what the C library adds to
// it.  The call has an effect that no compiler may remove.
//
// Runs in: unit.
#include "scenarios/signal/self_signal.h"

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "tgkill-abrt",
    .summary = "Sends SIGABRT to its own thread with tgkill().",
    .tags = {"fatal", "failure", "ends-process", "signal"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGABRT}},
    .act = bulkhead::scenarios::Tgkill<SIGABRT>,
};
