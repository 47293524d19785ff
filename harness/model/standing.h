// What one verdict is to whoever waits for it: the one place that says so, for exit codes and for
// formats of test results.  A document whose points all stand as kFine or kSkipped is that of a run
// that exits with 0, or with 5 when nothing ran.
//
// Runs in: anywhere.  Pure functions.
#ifndef BULKHEAD_MODEL_STANDING_H_
#define BULKHEAD_MODEL_STANDING_H_

#include "harness/model/run_report.h"

namespace bulkhead {

// Worst first: a verdict stands as the first of these that is so.
enum class Standing {
  kUnfit,       // a control failed, or plugin, harness or machine did
  kUnexpected,  // not what the claim expects
  kUndecided,   // inconclusive, or part of the plan is missing
  kSkipped,     // not applicable here, or left open by a profile that asks for few trials
  kFine,        // as expected, or nothing is expected
};

Standing StandingOf(const RunReport& report, const Verdict& verdict);
// Of one cell of that verdict.  A cell of an unexpected verdict is unexpected where it contradicts
// what the claim expects.
Standing StandingOf(const RunReport& report, const Verdict& verdict, const CellResult& cell);

// The cell could be run, was not stopped by the stopping rule, and lacks trials.
bool IsUnfinished(const CellResult& cell);

}  // namespace bulkhead

#endif  // BULKHEAD_MODEL_STANDING_H_
