// The plan of a run that repeats one trial of another run.
//
// Runs in: supervisor.  A pure function.
#ifndef BULKHEAD_SUPERVISOR_REPLAY_PLAN_H_
#define BULKHEAD_SUPERVISOR_REPLAY_PLAN_H_

#include <cstdint>

#include "harness/model/run_report.h"

namespace bulkhead {

// As recorded in `stored`: the claims that read the cell of `replay`, expecting nothing, for one
// trial is no experiment; its confidence; what it was blinded for.  `scenario`: the one that is at
// hand.  One trial at a time, and no stopping rule: each of `times` counts.
RunPlan PlanReplay(const RunPlan& stored, const Replay& replay, const Scenario& scenario,
                   std::uint64_t times);

}  // namespace bulkhead

#endif  // BULKHEAD_SUPERVISOR_REPLAY_PLAN_H_
