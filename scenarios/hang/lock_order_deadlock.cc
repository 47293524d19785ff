// Two threads, the victim's own and one that it makes, lock two mutexes in opposite order.  The
// other one holds the second mutex before the act, and wants the first one only when the victim has
// it: each then holds what the other one wants.  The calls have effects that no compiler may
// remove.
//
// In the act the victim sleeps in the deadlock alone, never on the way to it: who looks at it then
// must not take another wait for this one.
//
// Runs in: unit.
#include <pthread.h>
#include <semaphore.h>

#include "scenarios/common.h"

namespace {

using bulkhead::scenarios::Require;

pthread_mutex_t g_first = PTHREAD_MUTEX_INITIALIZER;
pthread_mutex_t g_second = PTHREAD_MUTEX_INITIALIZER;
sem_t g_second_is_held;
sem_t g_first_is_held;

void Await(sem_t* event) {
  while (sem_wait(event) != 0) {
  }
}

void* LockSecondThenFirst(void*) {
  pthread_mutex_lock(&g_second);
  sem_post(&g_second_is_held);
  Await(&g_first_is_held);
  pthread_mutex_lock(&g_first);
  return nullptr;
}

void Prepare(bh_unit* unit) {
  if (unit->index != bulkhead::scenarios::kVictim) return;
  Require(sem_init(&g_second_is_held, 0, 0) == 0);
  Require(sem_init(&g_first_is_held, 0, 0) == 0);
  pthread_t other;
  Require(pthread_create(&other, nullptr, LockSecondThenFirst, nullptr) == 0);
  Await(&g_second_is_held);
}

void Act(bh_unit*) {
  pthread_mutex_lock(&g_first);
  sem_post(&g_first_is_held);
  pthread_mutex_lock(&g_second);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "lock-order-deadlock",
    .summary = "Locks two mutexes in the opposite order of another thread of its own.",
    .tags = {"hang", "failure", "lock"},
    .kind = BH_FAULT,
    .ends = {{BH_END_BLOCKED, 0}},
    .prepare = Prepare,
    .act = Act,
};
