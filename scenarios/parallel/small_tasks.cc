// Times small tasks that each get a unit of their own, a thread or a process: batches of eight are
// started together and waited for.  A task sums a table and leaves its result in memory that both
// kinds share with the victim, the cheapest way for a process; results are checked.
//
// Runs in: unit.
#include <optional>

#include "scenarios/cost/measure.h"
#include "scenarios/parallel/task.h"

namespace {

namespace scenarios = bulkhead::scenarios;
using scenarios::kVictim;
using scenarios::Require;

constexpr std::size_t kPairs = 30, kTasks = 8;

std::uint64_t g_process[kPairs];
std::uint64_t g_thread[kPairs];
std::size_t g_taken = 0;  // 0 where nobody acted

scenarios::TaskTable g_table;

struct Task {
  std::uint64_t bias = 0, result = 0;
};
struct Batch {
  Task tasks[kTasks];
};

void Do(void* argument) {
  auto* task = static_cast<Task*>(argument);
  task->result = g_table.Sum(task->bias);
}

// Nanoseconds per task.
template <typename Partner>
std::uint64_t TimeTasks(Batch* batch) {
  *batch = {};
  const std::uint64_t start = scenarios::Now();
  {
    std::optional<Partner> workers[kTasks];
    for (std::size_t i = 0; i < kTasks; ++i) {
      batch->tasks[i].bias = i;
      workers[i].emplace(Do, &batch->tasks[i]);
    }
  }  // waits for all
  const std::uint64_t took = scenarios::Now() - start;
  for (const Task& task : batch->tasks) Require(task.result == g_table.Sum(task.bias));
  return took / kTasks;
}

void Act(bh_unit* unit) {
  g_table.Fill(unit->seed);
  Batch* batch = scenarios::SharedPage<Batch>();
  TimeTasks<scenarios::PartnerProcess>(batch);  // not counted
  TimeTasks<scenarios::PartnerThread>(batch);
  const scenarios::Budget budget;
  for (std::size_t pair = 0; pair < kPairs && budget.Allows(pair); ++pair) {
    if (pair % 2 == 0) g_thread[pair] = TimeTasks<scenarios::PartnerThread>(batch);
    g_process[pair] = TimeTasks<scenarios::PartnerProcess>(batch);
    if (pair % 2 == 1) g_thread[pair] = TimeTasks<scenarios::PartnerThread>(batch);
    g_taken = pair + 1;
  }
  munmap(batch, 4096);
}

void Watch(bh_unit* unit) {
  if (unit->index != kVictim || g_taken == 0) return;
  bulkhead::plugin::Samples(unit, "process", g_process, g_taken);
  bulkhead::plugin::Samples(unit, "thread", g_thread, g_taken);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "small-tasks",
    .summary = "Times a small task in a process of its own against one in a thread of its own.",
    .tags = {"parallel"},
    .kind = BH_MEASURE,
    .flags = BH_EXCLUSIVE,
    .ends = {{BH_END_RETURN, 0}},
    .act = Act,
    .watch = Watch,
};
