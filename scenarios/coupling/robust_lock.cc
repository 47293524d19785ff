// The victim is killed while it holds a robust mutex in shared memory.  The kernel marks the mutex:
// the next to lock it gets EOWNERDEAD, makes it usable again, and everybody goes on.  The calls
// have effects that no compiler may remove.
//
// A bystander that is not told EOWNERDEAD, though it finds the dead owner's lock, never answers.
//
// Runs in: unit.
#include "scenarios/coupling/shared_mutex.h"

namespace {

using Mutex = bulkhead::scenarios::SharedMutex<PTHREAD_MUTEX_ROBUST>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "robust-lock",
    .summary = "Is killed holding a robust process-shared mutex that the bystanders then lock.",
    .tags = {"coupled-safe", "lock"},
    .kind = BH_FAULT,
    .flags = BH_SHARED_MAPPING,
    .ends = {{BH_END_SIGNAL, SIGKILL}},
    .setup = Mutex::Setup,
    .prepare = Mutex::Prepare,
    .act = Mutex::DieHoldingIt,
    .watch = Mutex::Watch,
};
