// What outlived its trial: children of the supervisor that nobody accounts for (orphans of units
// come to it, as their subreaper), shared memory objects and files.
//
// Runs in: supervisor.  Only at moments when every living child of a trial is known by pidfd.
#ifndef BULKHEAD_SUPERVISOR_CENSUS_H_
#define BULKHEAD_SUPERVISOR_CENSUS_H_

#include <sys/types.h>

#include <set>
#include <string>
#include <vector>

#include "harness/supervisor/ledger.h"

namespace bulkhead {

// The supervisor becomes the reaper of its descendants' orphans: prctl(2), PR_SET_CHILD_SUBREAPER.
void BecomeSubreaper();

// Ends and reaps every child that is not `known`; one line for each.
std::vector<std::string> SweepChildren(const std::set<pid_t>& known, const Ledger& ledger);

// Names in a directory, for comparison before and after ("/dev/shm", the scratch directory).
std::set<std::string> NamesIn(const std::string& directory);

}  // namespace bulkhead

#endif  // BULKHEAD_SUPERVISOR_CENSUS_H_
