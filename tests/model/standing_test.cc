#include "harness/model/standing.h"

#include <gtest/gtest.h>

namespace bulkhead {
namespace {

CellResult CellOf(CellState state) {
  CellResult cell;
  cell.state = state;
  cell.planned = cell.executed = cell.counted = 10;
  cell.no_fault = cell.positive = {5, 5, {}};
  return cell;
}

// A report of one claim with one cell.
struct One {
  One(Outcome outcome, CellState state, std::optional<Outcome> expect = std::nullopt) {
    Claim claim;
    claim.id = "a.b";
    claim.expect = expect;
    report.plan.claims = {claim};
    Verdict verdict;
    verdict.claim = claim.id;
    verdict.outcome = outcome;
    if (expect) verdict.as_expected = *expect == outcome;
    verdict.cells = {CellOf(state)};
    report.verdicts = {verdict};
  }
  Verdict& verdict() { return report.verdicts[0]; }
  CellResult& cell() { return verdict().cells[0]; }
  Standing Whole() { return StandingOf(report, verdict()); }
  Standing OfCell() { return StandingOf(report, verdict(), cell()); }

  RunReport report;
};

TEST(Standing, WhatIsExpectedIsFine) {
  EXPECT_EQ(One(Outcome::kSupported, CellState::kHolds, Outcome::kSupported).Whole(),
            Standing::kFine);
  One refuted(Outcome::kRefuted, CellState::kViolated, Outcome::kRefuted);
  EXPECT_EQ(refuted.Whole(), Standing::kFine);
  EXPECT_EQ(refuted.OfCell(), Standing::kFine);
  EXPECT_EQ(One(Outcome::kRefuted, CellState::kViolated).Whole(), Standing::kFine);
}

TEST(Standing, AnUnexpectedVerdictIsUnexpectedInTheCellsThatContradict) {
  One one(Outcome::kRefuted, CellState::kViolated, Outcome::kSupported);
  EXPECT_EQ(one.Whole(), Standing::kUnexpected);
  EXPECT_EQ(one.OfCell(), Standing::kUnexpected);
  one.cell().state = CellState::kHolds;
  EXPECT_EQ(one.OfCell(), Standing::kFine);
  One other(Outcome::kSupported, CellState::kHolds, Outcome::kRefuted);
  EXPECT_EQ(other.OfCell(), Standing::kUnexpected);
}

TEST(Standing, AFailedControlIsWorseThanAnything) {
  One one(Outcome::kInconclusive, CellState::kOpen);
  one.verdict().control_failed = true;
  one.verdict().as_expected = false;
  one.cell().positive.passed = 4;
  EXPECT_EQ(one.Whole(), Standing::kUnfit);
  EXPECT_EQ(one.OfCell(), Standing::kUnfit);
  EXPECT_EQ(One(Outcome::kBroken, CellState::kBroken).Whole(), Standing::kUnfit);
}

TEST(Standing, InconclusiveIsUndecidedUnlessTheProfileAsksForFewTrials) {
  One one(Outcome::kInconclusive, CellState::kOpen);
  EXPECT_EQ(one.Whole(), Standing::kUndecided);
  EXPECT_EQ(one.OfCell(), Standing::kUndecided);
  one.report.plan.undecided_is_fine = true;
  EXPECT_EQ(one.Whole(), Standing::kSkipped);
  EXPECT_EQ(one.OfCell(), Standing::kSkipped);
  one.cell().counted = 0;  // nothing counted: it wants more than trials
  EXPECT_EQ(one.Whole(), Standing::kUndecided);
}

TEST(Standing, MissingTrialsLeaveItUndecidedUnlessItStoppedEarly) {
  One one(Outcome::kSupported, CellState::kHolds, Outcome::kSupported);
  one.cell().executed = 9;
  EXPECT_EQ(one.Whole(), Standing::kUndecided);
  EXPECT_EQ(one.OfCell(), Standing::kUndecided);
  one.cell().stopped_early = true;
  EXPECT_EQ(one.Whole(), Standing::kFine);
}

TEST(Standing, RefutedBeforeItsExpectationIsDecidedIsUndecided) {
  One one(Outcome::kRefuted, CellState::kViolated, Outcome::kConditional);
  one.verdict().as_expected.reset();
  EXPECT_EQ(one.Whole(), Standing::kUndecided);
}

TEST(Standing, WhatThisMachineCannotRunIsSkipped) {
  One one(Outcome::kNotApplicable, CellState::kNotApplicable);
  EXPECT_EQ(one.Whole(), Standing::kSkipped);
  EXPECT_EQ(one.OfCell(), Standing::kSkipped);
}

}  // namespace
}  // namespace bulkhead
