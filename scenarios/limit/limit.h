// One resource limit of the calling process, made smaller, and what of its address space it uses.
//
// Limits belong to the process: set in `act`, so that units that share it are ready before.
//
// Runs in: unit.
#ifndef BULKHEAD_SCENARIOS_LIMIT_LIMIT_H_
#define BULKHEAD_SCENARIOS_LIMIT_LIMIT_H_

#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>

#include "scenarios/common.h"

namespace bulkhead::scenarios {

// Only the soft limit, and never above what it was.
inline void LimitTo(__rlimit_resource_t resource, rlim_t value) {
  rlimit limit{};
  Require(getrlimit(resource, &limit) == 0);
  if (value < limit.rlim_cur) limit.rlim_cur = value;
  Require(setrlimit(resource, &limit) == 0);
}

// First field of /proc/self/statm: pages of address space (proc(5)).
inline rlim_t AddressSpaceBytes() {
  std::FILE* file = std::fopen("/proc/self/statm", "re");
  Require(file != nullptr);
  unsigned long pages = 0;
  Require(std::fscanf(file, "%lu", &pages) == 1);
  std::fclose(file);
  return rlim_t{pages} * static_cast<rlim_t>(sysconf(_SC_PAGESIZE));
}

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_LIMIT_LIMIT_H_
