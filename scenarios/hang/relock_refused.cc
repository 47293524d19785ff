// Locks an error-checking mutex that it holds already: where an ordinary one lets it wait for
// itself (deadlock), this one says EDEADLK, and it goes on.  Any other outcome aborts.
//
// Runs in: unit.
#include <pthread.h>

#include <cerrno>

#include "scenarios/coupling/mutex_kind.h"

namespace {

using bulkhead::scenarios::Require;

pthread_mutex_t g_mutex;

void Prepare(bh_unit* unit) {
  if (unit->index != bulkhead::scenarios::kVictim) return;
  bulkhead::scenarios::MakeMutex(&g_mutex, {.type = PTHREAD_MUTEX_ERRORCHECK});
}

void Act(bh_unit*) {
  Require(pthread_mutex_lock(&g_mutex) == 0);
  Require(pthread_mutex_lock(&g_mutex) == EDEADLK);
  Require(pthread_mutex_unlock(&g_mutex) == 0);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "relock-refused",
    .summary = "Locks an error-checking mutex that it already holds, gets EDEADLK and goes on.",
    .tags = {"failure", "lock"},
    .kind = BH_FAULT,
    .ends = {{BH_END_RETURN, 0}},
    .prepare = Prepare,
    .act = Act,
};
