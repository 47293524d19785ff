// Locks a mutex that it holds already and so waits for itself.  The calls have effects that no
// compiler may remove.
//
// The type is named: of a default mutex the standard does not say that it deadlocks.
//
// Runs in: unit.
#include "scenarios/coupling/mutex_kind.h"

namespace {

pthread_mutex_t g_mutex;

void Prepare(bh_unit* unit) {
  if (unit->index != bulkhead::scenarios::kVictim) return;
  bulkhead::scenarios::MakeMutex(&g_mutex, {.type = PTHREAD_MUTEX_NORMAL});
}

void Act(bh_unit*) {
  pthread_mutex_lock(&g_mutex);
  pthread_mutex_lock(&g_mutex);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "deadlock",
    .summary = "Locks a mutex that it already holds.",
    .tags = {"hang", "failure", "lock"},
    .kind = BH_FAULT,
    .ends = {{BH_END_BLOCKED, 0}},
    .prepare = Prepare,
    .act = Act,
};
