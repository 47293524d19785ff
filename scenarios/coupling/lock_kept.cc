// The victim locks a mutex and ends its thread without unlocking it.  Siblings that want it wait
// for ever.  The calls have effects that no compiler may remove.
//
// The mutex is private to a process: other processes have one of their own, and it is free.
//
// Runs in: unit.
#include <pthread.h>

#include "scenarios/common.h"

namespace {

pthread_mutex_t g_mutex = PTHREAD_MUTEX_INITIALIZER;

void Act(bh_unit*) {
  pthread_mutex_lock(&g_mutex);
  pthread_exit(nullptr);
}

void Watch(bh_unit* unit) {
  if (unit->index == bulkhead::scenarios::kVictim) return;
  pthread_mutex_lock(&g_mutex);
  pthread_mutex_unlock(&g_mutex);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "lock-kept",
    .summary = "Ends its thread holding a mutex that the bystanders then lock.",
    .tags = {"coupled-thread", "lock"},
    .kind = BH_FAULT,
    .ends = {{BH_END_THREAD, 0}, {BH_END_EXIT, 0}},
    .act = Act,
    .watch = Watch,
};
