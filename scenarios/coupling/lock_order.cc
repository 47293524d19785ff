// Two mutexes, locked in opposite order: bystander 1 holds the second from the start, the victim
// locks the first and then wants the second, and bystander 1 wants the first when it is asked.
// Both wait for ever.  The calls have effects that no compiler may remove.
//
// The mutexes are private to a process: other processes have their own, nobody waits, and the act
// returns.
//
// Runs in: unit.
#include <pthread.h>

#include "scenarios/common.h"

namespace {

using bulkhead::scenarios::Require;

constexpr std::uint32_t kPartner = 1;

pthread_mutex_t g_first = PTHREAD_MUTEX_INITIALIZER;
pthread_mutex_t g_second = PTHREAD_MUTEX_INITIALIZER;

void Prepare(bh_unit* unit) {
  if (unit->index == kPartner) Require(pthread_mutex_lock(&g_second) == 0);
}

void Act(bh_unit*) {
  pthread_mutex_lock(&g_first);
  pthread_mutex_lock(&g_second);
  pthread_mutex_unlock(&g_second);
  pthread_mutex_unlock(&g_first);
}

void Watch(bh_unit* unit) {
  if (unit->index != kPartner) return;
  pthread_mutex_lock(&g_first);
  pthread_mutex_unlock(&g_first);
  pthread_mutex_unlock(&g_second);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "lock-order",
    .summary = "Locks two mutexes in the opposite order of a bystander.",
    .tags = {"coupled-thread", "lock"},
    .kind = BH_FAULT,
    .ends = {{BH_END_BLOCKED, 0}, {BH_END_RETURN, 0}},
    .prepare = Prepare,
    .act = Act,
    .watch = Watch,
};
