// The victim is killed while it holds an error-checking mutex in shared memory.  What such a mutex
// checks is who locks and unlocks, not whether the owner is still there: each bystander that wants
// it waits for ever.  The calls have effects that no compiler may remove.
//
// Runs in: unit.
#include "scenarios/coupling/shared_mutex.h"

namespace {

using Mutex = bulkhead::scenarios::SharedMutex<PTHREAD_MUTEX_STALLED, PTHREAD_MUTEX_ERRORCHECK>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "shared-lock-checked",
    .summary =
        "Is killed holding an error-checking process-shared mutex that the bystanders then lock.",
    .tags = {"coupled", "lock"},
    .kind = BH_FAULT,
    .flags = BH_SHARED_MAPPING,
    .ends = {{BH_END_SIGNAL, SIGKILL}},
    .setup = Mutex::Setup,
    .prepare = Mutex::Prepare,
    .act = Mutex::DieHoldingIt,
    .watch = Mutex::Watch,
};
