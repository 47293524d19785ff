// How long a plan will take: told before the run, and never used for anything else.
//
// What this machine needs for a process is measured; what a trial is in such processes, and how
// long the harness waits where there is nothing to see yet, are the figures of estimate.cc.
//
// Runs in: supervisor.
#ifndef BULKHEAD_SUPERVISOR_ESTIMATE_H_
#define BULKHEAD_SUPERVISOR_ESTIMATE_H_

#include "harness/base/error.h"
#include "harness/model/run_report.h"

namespace bulkhead {

struct Pace {
  // CPU time of making, ending and reaping one process, the lower quartile of some:
  // what the clock says would mostly tell who else was at work.
  Nanoseconds round = 0;
  double crowd = 0.0;       // tasks besides us that wanted a processor meanwhile
  unsigned processors = 1;  // that we may use
};

// Takes 10 to 30 ms.
Expected<Pace> MeasurePace();

// A pure function.
Nanoseconds EstimateOf(const RunPlan& plan, const Pace& pace);

}  // namespace bulkhead

#endif  // BULKHEAD_SUPERVISOR_ESTIMATE_H_
