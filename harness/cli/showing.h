// What a trial showed, in words that can be compared with those of another trial of its cell.
//
// Runs in: anywhere.  Pure functions; texts are of one line.
#ifndef BULKHEAD_CLI_SHOWING_H_
#define BULKHEAD_CLI_SHOWING_H_

#include <string>
#include <vector>

#include "harness/model/claim.h"
#include "harness/model/scenario.h"
#include "harness/model/trial.h"

namespace bulkhead {

struct Aspect {
  std::string what;   // "victim", "claim crash.process-contained"
  std::string value;  // "signaled SIGSEGV (fault)", "not shown"
};
using Showing = std::vector<Aspect>;

// Whether the act fired and the trial counts, or whether the control behaved; the fates; what it
// shows of each of `claims`, but for those that compare samples.
Showing ShowingOf(const std::vector<Claim>& claims, const Manifest& manifest, const Trial& trial);

// "act fired; victim signaled SIGSEGV (fault); bystander 1 intact"
std::string Told(const Showing& showing);

// "victim exited 0 (self), was signaled SIGSEGV (fault)"; empty when both are the same.  Both are
// of the same claims and cell.
std::string Difference(const Showing& then, const Showing& now);

}  // namespace bulkhead

#endif  // BULKHEAD_CLI_SHOWING_H_
