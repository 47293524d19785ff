#include "harness/os/affinity.h"

#include <sched.h>

#include <memory>

namespace bulkhead::os {
namespace {

// More than any kernel is built for (CONFIG_NR_CPUS is at most 8192).
constexpr int kMostCpus = 8192;

struct FreeSet {
  void operator()(cpu_set_t* set) const { CPU_FREE(set); }
};
using CpuSet = std::unique_ptr<cpu_set_t, FreeSet>;

}  // namespace

std::vector<int> AllowedCpus() {
  const CpuSet set(CPU_ALLOC(kMostCpus));
  const std::size_t size = CPU_ALLOC_SIZE(kMostCpus);
  CPU_ZERO_S(size, set.get());
  std::vector<int> cpus;
  if (sched_getaffinity(0, size, set.get()) != 0) return cpus;
  for (int cpu = 0; cpu < kMostCpus; ++cpu) {
    if (CPU_ISSET_S(static_cast<std::size_t>(cpu), size, set.get())) cpus.push_back(cpu);
  }
  return cpus;
}

bool RunOn(std::span<const int> cpus) {
  const CpuSet set(CPU_ALLOC(kMostCpus));
  const std::size_t size = CPU_ALLOC_SIZE(kMostCpus);
  CPU_ZERO_S(size, set.get());
  for (const int cpu : cpus) CPU_SET_S(static_cast<std::size_t>(cpu), size, set.get());
  return sched_setaffinity(0, size, set.get()) == 0;
}

}  // namespace bulkhead::os
