#include "harness/model/standing.h"

#include <algorithm>

namespace bulkhead {
namespace {

const Claim* ClaimOf(const RunReport& report, const Verdict& verdict) {
  const auto claim = std::ranges::find(report.plan.claims, verdict.claim, &Claim::id);
  return claim == report.plan.claims.end() ? nullptr : &*claim;
}

// A profile of very few trials does not hold their number against the machine: whatever could run
// did, and counts.
bool WantsOnlyTrials(const RunReport& report, const Verdict& verdict) {
  return report.plan.undecided_is_fine &&
         std::ranges::all_of(verdict.cells, [](const CellResult& cell) {
           return cell.state == CellState::kNotApplicable ||
                  (cell.counted > 0 && !IsUnfinished(cell));
         });
}

bool HasFailedControl(const CellResult& cell) {
  return cell.no_fault.passed < cell.no_fault.run || cell.positive.passed < cell.positive.run;
}

bool Contradicts(const CellResult& cell, const Claim* claim) {
  const auto expected = claim ? claim->expect.value_or(Outcome::kSupported) : Outcome::kSupported;
  if (expected == Outcome::kSupported) return cell.state == CellState::kViolated;
  if (expected == Outcome::kRefuted) return cell.state == CellState::kHolds;
  return cell.state == CellState::kHolds || cell.state == CellState::kViolated;
}

}  // namespace

bool IsUnfinished(const CellResult& cell) {
  return (cell.state == CellState::kHolds || cell.state == CellState::kViolated ||
          cell.state == CellState::kOpen) &&
         !cell.stopped_early && cell.executed < cell.planned;
}

Standing StandingOf(const RunReport& report, const Verdict& verdict) {
  if (verdict.control_failed || verdict.outcome == Outcome::kBroken) return Standing::kUnfit;
  if (verdict.as_expected == false) return Standing::kUnexpected;
  if (std::ranges::any_of(verdict.cells, IsUnfinished)) return Standing::kUndecided;
  switch (verdict.outcome) {
    case Outcome::kInconclusive:
      if (verdict.as_expected == true) return Standing::kFine;
      return WantsOnlyTrials(report, verdict) ? Standing::kSkipped : Standing::kUndecided;
    case Outcome::kRefuted: {
      // What the claim expects may yet come: its open cells want trials.
      const Claim* claim = ClaimOf(report, verdict);
      const bool undecided = !verdict.as_expected && claim != nullptr && claim->expect;
      return undecided ? Standing::kUndecided : Standing::kFine;
    }
    case Outcome::kNotApplicable:
      return Standing::kSkipped;
    default:
      return Standing::kFine;
  }
}

Standing StandingOf(const RunReport& report, const Verdict& verdict, const CellResult& cell) {
  if (cell.state == CellState::kBroken || (verdict.control_failed && HasFailedControl(cell))) {
    return Standing::kUnfit;
  }
  const Standing whole = StandingOf(report, verdict);
  if (whole == Standing::kUnexpected && Contradicts(cell, ClaimOf(report, verdict))) return whole;
  if (IsUnfinished(cell)) return Standing::kUndecided;
  if (cell.state == CellState::kNotApplicable) return Standing::kSkipped;
  if (cell.state != CellState::kOpen) return Standing::kFine;
  // What is open does not keep a verdict from being fine that does not wait for it.
  return whole == Standing::kUndecided ? Standing::kUndecided : Standing::kSkipped;
}

}  // namespace bulkhead
