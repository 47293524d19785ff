// The victim locks an error-checking mutex and ends its thread without unlocking it.  What such a
// mutex checks is who locks and unlocks, not whether the owner is still there
// (pthread_mutexattr_settype(3)): siblings that want it wait for ever.
//
// Runs in: unit.
#include "scenarios/coupling/kept_mutex.h"

namespace {

using Mutex = bulkhead::scenarios::KeptMutex<bulkhead::scenarios::MutexKind{
    .type = PTHREAD_MUTEX_ERRORCHECK}>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "lock-kept-checked",
    .summary = "Ends its thread holding an error-checking mutex that the bystanders then lock.",
    .tags = {"coupled-thread", "lock"},
    .kind = BH_FAULT,
    .ends = {{BH_END_THREAD, 0}, {BH_END_EXIT, 0}},
    .setup = Mutex::Setup,
    .act = Mutex::EndHoldingIt,
    .watch = Mutex::Watch,
};
