// What the judge makes of one trial, for documents with a line per trial.  Derived, never stored.
//
// Runs in: anywhere.  Computed by harness/judge only.
#ifndef BULKHEAD_MODEL_JUDGED_TRIAL_H_
#define BULKHEAD_MODEL_JUDGED_TRIAL_H_

#include <string>
#include <vector>

#include "harness/model/fate.h"

namespace bulkhead {

struct JudgedTrial {
  Fired fired;
  std::vector<Fate> fates;  // the victim's, then the bystanders'
  // Empty: it counts.  A claim may still leave out one that is silent on what it asks.
  std::string why_not_counted;
  std::string control_failure;  // of controls: what was wrong; empty: it behaved as it must
};

}  // namespace bulkhead

#endif  // BULKHEAD_MODEL_JUDGED_TRIAL_H_
