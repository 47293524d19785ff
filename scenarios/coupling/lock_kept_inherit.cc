// The victim locks a mutex that hands its waiters' priority on to its owner, and ends its thread
// without unlocking it.  The kernel knows the owner of such a mutex and finds it gone, but without
// robustness the C library has no way to say so: siblings that want it wait for ever.
//
// Runs in: unit.
#include "scenarios/coupling/kept_mutex.h"

namespace {

using Mutex = bulkhead::scenarios::KeptMutex<bulkhead::scenarios::MutexKind{
    .protocol = PTHREAD_PRIO_INHERIT}>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "lock-kept-inherit",
    .summary = "Ends its thread holding a priority-inheriting mutex that the bystanders then lock.",
    .tags = {"coupled-thread", "lock"},
    .kind = BH_FAULT,
    .ends = {{BH_END_THREAD, 0}, {BH_END_EXIT, 0}},
    .setup = Mutex::Setup,
    .act = Mutex::EndHoldingIt,
    .watch = Mutex::Watch,
};
