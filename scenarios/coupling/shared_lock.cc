// The victim is killed while it holds an ordinary mutex in shared memory.  Nobody unlocks it: each
// bystander that wants it waits for ever.  The calls have effects that no compiler may remove.
//
// Runs in: unit.
#include "scenarios/coupling/shared_mutex.h"

namespace {

using Mutex = bulkhead::scenarios::SharedMutex<PTHREAD_MUTEX_STALLED>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "shared-lock",
    .summary = "Is killed holding a process-shared mutex that the bystanders then lock.",
    .tags = {"coupled", "lock"},
    .kind = BH_FAULT,
    .flags = BH_SHARED_MAPPING,
    .ends = {{BH_END_SIGNAL, SIGKILL}},
    .setup = Mutex::Setup,
    .prepare = Mutex::Prepare,
    .act = Mutex::DieHoldingIt,
    .watch = Mutex::Watch,
};
