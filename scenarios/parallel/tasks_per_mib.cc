// Small tasks per second and per MiB: waves of 32 tasks, each with a unit of its own, all of them
// alive at the same time.  Time runs while the units are made and do their tasks, and again while
// they leave and are waited for; in between, off the clock, the memory that the wave has added is
// counted (unit_group.h says what).  Results lie in memory that both kinds share with the victim,
// the cheapest way for a process, and are checked.
//
// Threads get a fresh stack each, on the clock, though glibc would use the old ones again: this
// counts against threads.
//
// Runs in: unit.
#include "scenarios/cost/unit_group.h"
#include "scenarios/parallel/task.h"

namespace {

namespace scenarios = bulkhead::scenarios;
using scenarios::kVictim;
using scenarios::Require;

constexpr std::size_t kPairs = 8, kTasks = 32;

struct Series {
  std::uint64_t per_second_and_mib[kPairs], per_second[kPairs];
};

Series g_process, g_thread;
std::size_t g_taken = 0;  // 0 where nobody acted

struct Results {
  std::uint64_t of[kTasks];
};

scenarios::TaskTable g_table;
Results* g_results;

void DoTask(std::uint32_t member) { g_results->of[member] = g_table.Sum(member); }

template <typename Group>
void RunWave(std::size_t pair, Series* series) {
  *g_results = {};
  std::optional<Group> group(std::in_place, DoTask);
  std::uint64_t start = scenarios::Now();
  group->GrowTo(kTasks);
  std::uint64_t took = scenarios::Now() - start;
  const std::uint64_t bytes = group->Added();
  start = scenarios::Now();
  group.reset();
  took += scenarios::Now() - start;
  for (std::uint32_t i = 0; i < kTasks; ++i) Require(g_results->of[i] == g_table.Sum(i));
  Require(bytes > 0);
  const double per_second = 1e9 * kTasks / static_cast<double>(took);
  const double mib = static_cast<double>(bytes) / (1 << 20);
  series->per_second[pair] = static_cast<std::uint64_t>(per_second);
  series->per_second_and_mib[pair] = static_cast<std::uint64_t>(per_second / mib);
}

void Act(bh_unit* unit) {
  g_table.Fill(unit->seed);
  g_results = scenarios::SharedPage<Results>();
  RunWave<scenarios::ProcessGroup>(0, &g_process);  // not counted
  RunWave<scenarios::ThreadGroup>(0, &g_thread);
  const scenarios::Budget budget;
  for (std::size_t pair = 0; pair < kPairs && (pair < 2 || budget.Allows(pair)); ++pair) {
    if (pair % 2 == 0) RunWave<scenarios::ThreadGroup>(pair, &g_thread);
    RunWave<scenarios::ProcessGroup>(pair, &g_process);
    if (pair % 2 == 1) RunWave<scenarios::ThreadGroup>(pair, &g_thread);
    g_taken = pair + 1;
  }
  munmap(g_results, 4096);
}

void Watch(bh_unit* unit) {
  if (unit->index != kVictim || g_taken == 0) return;
  bulkhead::plugin::Samples(unit, "process", g_process.per_second_and_mib, g_taken);
  bulkhead::plugin::Samples(unit, "thread", g_thread.per_second_and_mib, g_taken);
  bulkhead::plugin::Samples(unit, "process-per-second", g_process.per_second, g_taken);
  bulkhead::plugin::Samples(unit, "thread-per-second", g_thread.per_second, g_taken);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "tasks-per-mib",
    .summary = "Counts small tasks per second and MiB in processes and in threads of their own.",
    .tags = {"parallel", "memory"},
    .kind = BH_MEASURE,
    .flags = BH_EXCLUSIVE,
    .ends = {{BH_END_RETURN, 0}},
    .act = Act,
    .watch = Watch,
};
