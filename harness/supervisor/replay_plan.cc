#include "harness/supervisor/replay_plan.h"

#include "harness/judge/selection.h"

namespace bulkhead {

RunPlan PlanReplay(const RunPlan& stored, const Replay& replay, const Scenario& scenario,
                   std::uint64_t times) {
  const TrialPlan& trial = replay.trial;
  RunPlan plan;
  plan.seed = trial.seed;
  plan.confidence = stored.confidence;
  plan.profile = "replay";
  plan.undecided_is_fine = true;
  plan.stopping.enough = times + 1;
  plan.blind = stored.blind;
  plan.scenarios = {scenario};
  plan.replay = replay;
  for (const Claim& claim : stored.claims) {
    if (!Reads(claim.experiment, scenario.manifest, trial.cell.vehicle)) continue;
    plan.claims.push_back(claim);
    plan.claims.back().expect.reset();
  }
  PlannedCell cell;
  cell.key = trial.cell;
  (trial.arm == Arm::kTreatment ? cell.treatment
   : trial.arm == Arm::kNoFault ? cell.no_fault
                                : cell.positive) = times;
  plan.cells = {cell};
  return plan;
}

}  // namespace bulkhead
