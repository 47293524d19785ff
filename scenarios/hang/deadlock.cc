// Locks a mutex that it holds already and so waits for itself.  The calls have effects that no
// compiler may remove.
//
// The type is named: of a default mutex the standard does not say that it deadlocks.
//
// Runs in: unit.
#include <pthread.h>

#include "scenarios/common.h"

namespace {

using bulkhead::scenarios::Require;

pthread_mutex_t g_mutex;

void Prepare(bh_unit* unit) {
  if (unit->index != bulkhead::scenarios::kVictim) return;
  pthread_mutexattr_t attributes;
  Require(pthread_mutexattr_init(&attributes) == 0);
  Require(pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_NORMAL) == 0);
  Require(pthread_mutex_init(&g_mutex, &attributes) == 0);
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
