// Tallies -> cell results -> one verdict.  DESIGN section 4 in code.
//
// Runs in: anywhere.  Pure functions.  Internal to harness/judge.
#ifndef BULKHEAD_JUDGE_VERDICTS_H_
#define BULKHEAD_JUDGE_VERDICTS_H_

#include <string>
#include <vector>

#include "harness/judge/tally.h"
#include "harness/model/verdict.h"

namespace bulkhead {

// Enough of the stopping rule: every claim that reads the cell has seen its finding this often.
bool HasEnough(const CellTally& cell, const RunPlan& plan);

// `cells` are those that the claim with this index reads, in the order of the plan.
Verdict Decide(const RunPlan& plan, std::size_t index, const std::vector<const CellTally*>& cells);

// Where a claim holds and where not, as few short conditions as the pattern allows: vehicles when
// each vehicle is uniform, else scenarios when each is uniform, else scenarios within vehicles.
void FindConditions(const RunPlan& plan, Verdict& verdict);

// The one place where a verdict becomes a sentence.
Message SentenceOf(const Claim& claim, const Verdict& verdict, double confidence);
// "0.99 %" for a bound from above: rounded up, so that it never claims more than was shown.
std::string PercentAbove(double rate);
// The same for a bound from below: rounded down.
std::string PercentBelow(double rate);
Message TrialCount(std::uint64_t trials);  // "1 trial", "14,352 trials"

}  // namespace bulkhead

#endif  // BULKHEAD_JUDGE_VERDICTS_H_
