// Every unit counts the tasks that the kernel lists for its process, starts 2 to 5 threads that
// stay, and counts again.  Base, added and total: the list must have grown by exactly the threads
// that were made.  System calls: nothing that a compiler could remove.
//
// A new thread is in the list before pthread_create returns, and each of these waits until the unit
// has been asked for what it counted.
//
// Runs in: unit.
#include <dirent.h>
#include <pthread.h>
#include <semaphore.h>

#include "scenarios/common.h"

namespace {

using bulkhead::plugin::Reading;
using bulkhead::scenarios::kMostUnits;
using bulkhead::scenarios::Require;

constexpr std::uint64_t kFewest = 2, kMost = 5;

struct Tally {
  std::uint64_t base, added, total;
  std::uint64_t started;
  pthread_t threads[kMost];
  sem_t finish;
};

Tally g_tallies[kMostUnits];  // of the unit with that index

std::uint64_t CountTasks() {
  DIR* tasks = opendir("/proc/self/task");
  Require(tasks != nullptr);
  std::uint64_t count = 0;
  while (const dirent* entry = readdir(tasks)) count += entry->d_name[0] != '.' ? 1 : 0;
  closedir(tasks);
  return count;
}

void* Stay(void* semaphore) {
  while (sem_wait(static_cast<sem_t*>(semaphore)) != 0) {
  }
  return nullptr;
}

void Prepare(bh_unit* unit) {
  Require(unit->count <= kMostUnits);
  Require(sem_init(&g_tallies[unit->index].finish, 0, 0) == 0);
}

void Act(bh_unit* unit) {
  Tally& tally = g_tallies[unit->index];
  tally.base = CountTasks();
  const std::uint64_t wanted = kFewest + unit->seed % (kMost - kFewest + 1);
  pthread_attr_t attributes;
  Require(pthread_attr_init(&attributes) == 0);
  Require(pthread_attr_setstacksize(&attributes, 256 << 10) == 0);
  for (; tally.started < wanted; ++tally.started) {
    Require(pthread_create(&tally.threads[tally.started], &attributes, Stay, &tally.finish) == 0);
  }
  pthread_attr_destroy(&attributes);
  tally.added += tally.started;
  tally.total = CountTasks();
}

void Watch(bh_unit* unit) {
  Tally& tally = g_tallies[unit->index];
  Reading(unit, "base", tally.base);
  Reading(unit, "added", tally.added);
  Reading(unit, "total", tally.total);
  for (std::uint64_t i = 0; i < tally.started; ++i) sem_post(&tally.finish);
  for (; tally.started > 0; --tally.started) {
    Require(pthread_join(tally.threads[tally.started - 1], nullptr) == 0);
  }
}

// Claims a thread that it never made.
void Hit(bh_unit* unit, std::uint64_t) { ++g_tallies[unit->index].added; }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "task-list",
    .summary = "Units start threads and count how many more the kernel lists for their process.",
    .tags = {"thread"},
    .kind = BH_PROBE,
    .flags = BH_EVERYONE_ACTS,
    .ends = {{BH_END_RETURN, 0}},
    .prepare = Prepare,
    .act = Act,
    .watch = Watch,
    .hit = Hit,
};
