// The victim locks a robust mutex and ends its thread without unlocking it.  The kernel marks the
// mutex: the next to lock it gets EOWNERDEAD, makes it usable again, and everybody goes on
// (pthread_mutexattr_setrobust(3)).
//
// Runs in: unit.
#include "scenarios/coupling/kept_mutex.h"

namespace {

using Mutex = bulkhead::scenarios::KeptMutex<bulkhead::scenarios::MutexKind{
    .robustness = PTHREAD_MUTEX_ROBUST}>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "lock-kept-robust",
    .summary = "Ends its thread holding a robust mutex that the bystanders then lock.",
    .tags = {"coupled-safe", "lock"},
    .kind = BH_FAULT,
    .ends = {{BH_END_THREAD, 0}, {BH_END_EXIT, 0}},
    .setup = Mutex::Setup,
    .act = Mutex::EndHoldingIt,
    .watch = Mutex::Watch,
};
