// The victim locks a mutex and ends its thread without unlocking it.  Siblings that want it wait
// for ever; the mutex is in kept_mutex.h.
//
// Runs in: zygote (setup) and unit.
#include "scenarios/coupling/kept_mutex.h"

namespace {

using Mutex = bulkhead::scenarios::KeptMutex<bulkhead::scenarios::MutexKind{}>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "lock-kept",
    .summary = "Ends its thread holding a mutex that the bystanders then lock.",
    .tags = {"coupled-thread", "lock"},
    .kind = BH_FAULT,
    .ends = {{BH_END_THREAD, 0}, {BH_END_EXIT, 0}},
    .setup = Mutex::Setup,
    .act = Mutex::EndHoldingIt,
    .watch = Mutex::Watch,
};
