// Which processors a thread may run on.
//
// Runs in: supervisor.  Source: sched_setaffinity(2): inherited by what the thread forks.
#ifndef BULKHEAD_OS_AFFINITY_H_
#define BULKHEAD_OS_AFFINITY_H_

#include <span>
#include <vector>

namespace bulkhead::os {

// Of the calling thread; empty when the kernel does not say.
std::vector<int> AllowedCpus();

// The calling thread, and whatever it starts from now on, runs on these only.  False when the
// kernel refuses: everything stays as it was.
bool RunOn(std::span<const int> cpus);

}  // namespace bulkhead::os

#endif  // BULKHEAD_OS_AFFINITY_H_
