// One resource limit of the calling process, made smaller.
//
// Limits belong to the process: set in `act`, so that units that share it are ready before.
//
// Runs in: unit.
#ifndef BULKHEAD_SCENARIOS_LIMIT_LIMIT_H_
#define BULKHEAD_SCENARIOS_LIMIT_LIMIT_H_

#include <sys/resource.h>

#include "scenarios/common.h"

namespace bulkhead::scenarios {

// Only the soft limit, and never above what it was.
inline void LimitTo(__rlimit_resource_t resource, rlim_t value) {
  rlimit limit{};
  Require(getrlimit(resource, &limit) == 0);
  if (value < limit.rlim_cur) limit.rlim_cur = value;
  Require(setrlimit(resource, &limit) == 0);
}

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_LIMIT_LIMIT_H_
