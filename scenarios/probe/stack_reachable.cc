// Each bystander starts a helper thread with a local variable that holds the bystander's token, and
// that stays in its frame until it is asked for.  The victim writes to these locals through
// pointers in a table of globals; where that is not shared, it finds the table empty.
//
// The local is volatile and its address escapes: it lives on the helper's stack, and every load and
// store happens.
//
// Runs in: unit.
#include <pthread.h>
#include <semaphore.h>

#include "scenarios/common.h"

namespace {

using bulkhead::scenarios::kMostUnits;
using bulkhead::scenarios::kVictim;
using bulkhead::scenarios::Require;

struct Helper {
  pthread_t thread;
  std::uint64_t token;
  volatile std::uint64_t* volatile local;  // in the frame of the helper thread, while it is there
  sem_t started, finish;
  std::uint64_t found;  // in the local, at the end
  bool ended;
};

Helper g_helpers[kMostUnits];  // of the bystander with that index

void Await(sem_t* semaphore) {
  while (sem_wait(semaphore) != 0) {
  }
}

BH_KEEP void KeepLocal(Helper& helper) {
  volatile std::uint64_t local = helper.token;
  helper.local = &local;
  sem_post(&helper.started);
  Await(&helper.finish);
  helper.found = local;
}

void* Run(void* helper) {
  KeepLocal(*static_cast<Helper*>(helper));
  return nullptr;
}

void Prepare(bh_unit* unit) {
  Require(unit->count <= kMostUnits);
  if (unit->index == kVictim) return;
  Helper& helper = g_helpers[unit->index];
  helper.token = unit->token;
  Require(sem_init(&helper.started, 0, 0) == 0 && sem_init(&helper.finish, 0, 0) == 0);
  Require(pthread_create(&helper.thread, nullptr, Run, &helper) == 0);
  Await(&helper.started);
}

void Act(bh_unit* unit) {
  for (std::uint32_t i = 1; i < unit->count; ++i) {
    if (volatile std::uint64_t* local = g_helpers[i].local) *local = unit->token;
  }
}

void Watch(bh_unit* unit) {
  if (unit->index == kVictim) return;
  Helper& helper = g_helpers[unit->index];
  if (!helper.ended) {
    sem_post(&helper.finish);
    Require(pthread_join(helper.thread, nullptr) == 0);
    helper.ended = true;
  }
  bulkhead::plugin::Reading(unit, "local", helper.found);
}

void Hit(bh_unit* unit, std::uint64_t foreign) { *g_helpers[unit->index].local = foreign; }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "stack-reachable",
    .summary = "The victim writes to local variables on stacks of other threads, through pointers.",
    .tags = {"memory", "stack"},
    .kind = BH_PROBE,
    .ends = {{BH_END_RETURN, 0}},
    .prepare = Prepare,
    .act = Act,
    .watch = Watch,
    .hit = Hit,
};
