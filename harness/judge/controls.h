// The controls, for callers that have examined the trial already.
//
// Runs in: anywhere.  Internal to harness/judge; fates.h has the public face (ControlFailure).
#ifndef BULKHEAD_JUDGE_CONTROLS_H_
#define BULKHEAD_JUDGE_CONTROLS_H_

#include "harness/judge/findings.h"

namespace bulkhead {

Message ControlFailure(const Examined& trial);

}  // namespace bulkhead

#endif  // BULKHEAD_JUDGE_CONTROLS_H_
