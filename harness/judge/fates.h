// Evidence of one trial -> what became of each unit, and whether the fault certainly happened.
//
// Runs in: anywhere.  Pure functions.
#ifndef BULKHEAD_JUDGE_FATES_H_
#define BULKHEAD_JUDGE_FATES_H_

#include "harness/model/claim.h"
#include "harness/model/fate.h"
#include "harness/model/judged_trial.h"
#include "harness/model/message.h"
#include "harness/model/scenario.h"
#include "harness/model/trial.h"

namespace bulkhead {

Fate FateOf(const Trial& trial, std::uint32_t unit);

// By at least two channels where two exist; never from the victim's fate alone.
Fired FiredOf(const Manifest& manifest, const Trial& trial);

// Does the trial show what `experiment` looks for?  Meaningful for counted trials and controls.
bool Shows(const Experiment& experiment, const Manifest& manifest, const Trial& trial);

// Empty when the control behaved as it must, else what was wrong.  No-fault: everybody lives, acts
// and has its canary whole (probes: and no reading is foreign).  Positive: what was hit is
// reported hit, in just that way.
Message ControlFailure(const Manifest& manifest, const Trial& trial);

// All of these at once.
JudgedTrial JudgeTrial(const Manifest& manifest, const Trial& trial);

}  // namespace bulkhead

#endif  // BULKHEAD_JUDGE_FATES_H_
