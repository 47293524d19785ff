// Waits for a mutex whose owner, a thread that it had made, has ended without unlocking it.  The
// mutex is not robust: nobody will ever unlock it.  The call has an effect that no compiler may
// remove.
//
// The type is named: an error-checking mutex, for one, waits in another way.
//
// Runs in: unit.
#include "scenarios/coupling/mutex_kind.h"

namespace {

using bulkhead::scenarios::Require;

pthread_mutex_t g_mutex;

void* LockAndEnd(void*) {
  Require(pthread_mutex_lock(&g_mutex) == 0);
  return nullptr;
}

void Prepare(bh_unit* unit) {
  if (unit->index != bulkhead::scenarios::kVictim) return;
  bulkhead::scenarios::MakeMutex(&g_mutex, {.type = PTHREAD_MUTEX_NORMAL});
  pthread_t owner;
  Require(pthread_create(&owner, nullptr, LockAndEnd, nullptr) == 0);
  Require(pthread_join(owner, nullptr) == 0);
}

void Act(bh_unit*) { pthread_mutex_lock(&g_mutex); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "lock-owner-gone",
    .summary = "Locks a mutex whose owner has ended without unlocking it.",
    .tags = {"hang", "failure", "lock"},
    .kind = BH_FAULT,
    .ends = {{BH_END_BLOCKED, 0}},
    .prepare = Prepare,
    .act = Act,
};
