#include "harness/model/judged_trial.h"

#include "harness/judge/controls.h"
#include "harness/judge/fates.h"
#include "harness/judge/findings.h"

namespace bulkhead {

JudgedTrial JudgeTrial(const Manifest& manifest, const Trial& trial) {
  const Examined examined(manifest, trial);
  JudgedTrial judged;
  judged.fired = FiredOf(manifest, examined.happenings);
  judged.fates = examined.fates;
  if (!trial.trouble.empty()) {
    judged.why_not_counted = trial.trouble;
  } else if (trial.plan.arm != Arm::kTreatment) {
    judged.control_failure = ControlFailure(examined).English();
  } else if (judged.fired.state != Fired::State::kFired) {
    judged.why_not_counted = judged.fired.why_not.English();
  } else {
    judged.why_not_counted = WhySpoilt(examined).English();
  }
  return judged;
}

}  // namespace bulkhead
