// Measures what one more idle unit takes, the kernel's own records included, while a group grows to
// 1,000: as processes and as threads.  To the pages and page tables of unit-memory come kernel
// stacks and unreclaimable slab (KernelStack and SUnreclaim of /proc/meminfo): task structures,
// and what only a process has, such as the records of its address space.
//
// The kernel counts these for the whole machine: others add to them, which is why the group is
// large.  It grows in steps, and the first is not counted: it uses up what earlier units have left
// in the kernel's caches.  Before a group, the kernel is asked to finish with units that have gone
// (membarrier(2), MEMBARRIER_CMD_GLOBAL waits for an RCU grace period).
//
// Runs in: unit.
#include <linux/membarrier.h>

#include <algorithm>

#include "scenarios/cost/unit_group.h"

namespace {

namespace scenarios = bulkhead::scenarios;
using scenarios::kVictim;

constexpr std::size_t kSteps[] = {200, 600, 1000};
constexpr std::size_t kSamples = std::size(kSteps) - 1;
constexpr std::uint64_t kMostNs = 1'500'000'000;  // of one group: a slow machine stops at 600

struct Series {
  std::uint64_t all[kSamples], kernel[kSamples];
  std::size_t taken;  // 0 where nobody acted
};

Series g_process, g_thread;

std::uint64_t KernelBytes() {
  const char* text = scenarios::FileText("/proc/meminfo");
  return (scenarios::Field(text, "\nKernelStack:") + scenarios::Field(text, "\nSUnreclaim:")) *
         1024;
}

template <typename Group>
void Measure(Series* series) {
  for (int i = 0; i < 2; ++i) syscall(SYS_membarrier, MEMBARRIER_CMD_GLOBAL, 0, 0);
  const std::uint64_t start = scenarios::Now();
  Group group;
  std::uint64_t before = 0;
  for (std::size_t step = 0; step < std::size(kSteps); ++step) {
    if (step > 1 && scenarios::Now() - start > kMostNs) return;
    group.GrowTo(kSteps[step]);
    const std::uint64_t kernel = KernelBytes();
    const std::uint64_t own = group.Added();
    if (step > 0) {
      const std::size_t more = kSteps[step] - kSteps[step - 1];
      series->kernel[step - 1] = kernel > before ? (kernel - before) / more : 0;
      series->all[step - 1] = series->kernel[step - 1] + own / more;
      series->taken = step;
    }
    before = kernel;
  }
}

void Act(bh_unit* unit) {
  const bool thread_first = unit->seed % 2 == 0;
  if (thread_first) Measure<scenarios::ThreadGroup>(&g_thread);
  Measure<scenarios::ProcessGroup>(&g_process);
  if (!thread_first) Measure<scenarios::ThreadGroup>(&g_thread);
}

void Watch(bh_unit* unit) {
  const std::size_t taken = std::min(g_process.taken, g_thread.taken);
  if (unit->index != kVictim || taken == 0) return;
  bulkhead::plugin::Samples(unit, "process", g_process.all, taken);
  bulkhead::plugin::Samples(unit, "thread", g_thread.all, taken);
  bulkhead::plugin::Samples(unit, "process-kernel", g_process.kernel, taken);
  bulkhead::plugin::Samples(unit, "thread-kernel", g_thread.kernel, taken);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "unit-memory-1000",
    .summary = "Measures bytes per unit, kernel memory included, as a group grows to 1,000 units.",
    .tags = {"cost", "memory"},
    .kind = BH_MEASURE,
    .flags = BH_EXCLUSIVE,
    .ends = {{BH_END_RETURN, 0}},
    .act = Act,
    .watch = Watch,
};
