#include "harness/cli/records.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bulkhead {
namespace {

using testing::HasSubstr;

Claim MakeClaim(const std::string& id, Quantifier quantifier = Quantifier::kAlways) {
  Claim claim;
  claim.id = id;
  claim.quantifier = quantifier;
  return claim;
}

Verdict MakeVerdict(const std::string& id, Outcome outcome) {
  Verdict verdict;
  verdict.claim = id;
  verdict.outcome = outcome;
  verdict.counted = 299;
  verdict.worst_upper = 0.00997;
  return verdict;
}

TEST(Field, PlainValuesStayPlainAndOthersAreQuoted) {
  EXPECT_EQ(Field("claim", "crash.process-contained"), " claim=crash.process-contained");
  EXPECT_EQ(Field("why", "two words"), " why=\"two words\"");
  EXPECT_EQ(Field("why", "say \"no\\yes\""), " why=\"say \\\"no\\\\yes\\\"\"");
  EXPECT_EQ(Field("why", ""), " why=\"\"");
}

TEST(Field, ForeignTextCannotBreakTheLineOrTheTerminal) {
  const std::string field = Field("text", "a\nb\x1b[31mc\r");
  EXPECT_EQ(field.find_first_of("\n\r\x1b"), std::string::npos);
}

TEST(VerdictRecord, SupportedHasItsNumbers) {
  Verdict verdict = MakeVerdict("a.b", Outcome::kSupported);
  verdict.as_expected = true;
  EXPECT_EQ(VerdictRecord(MakeClaim("a.b"), verdict),
            "verdict outcome=supported claim=a.b n=299 k=0 upper=0.00997 expected=yes");
}

TEST(VerdictRecord, RefutedNamesTheWitness) {
  Verdict verdict = MakeVerdict("a.b", Outcome::kRefuted);
  verdict.found = 20;
  verdict.worst_upper = 1.0;
  verdict.witness = 17;
  verdict.as_expected = false;
  EXPECT_EQ(VerdictRecord(MakeClaim("a.b"), verdict),
            "verdict outcome=refuted claim=a.b n=299 k=20 witness=17 expected=no");
}

TEST(VerdictRecord, ConditionalSaysWhere) {
  Verdict verdict = MakeVerdict("a.b", Outcome::kConditional);
  verdict.holds_in = {Message("in fork"), Message("in exec")};
  verdict.fails_in = {Message("in vfork")};
  EXPECT_THAT(VerdictRecord(MakeClaim("a.b"), verdict),
              HasSubstr(" holds_in=\"in fork; in exec\" fails_in=\"in vfork\" expected=none"));
}

TEST(VerdictRecord, RatiosHaveTheirInterval) {
  Verdict verdict = MakeVerdict("a.b", Outcome::kSupported);
  verdict.ratio = RatioResult{};
  verdict.ratio->samples = 90;
  verdict.ratio->ratio = 7.5;
  verdict.ratio->low = 7.1;
  verdict.ratio->high = 8.0;
  EXPECT_THAT(VerdictRecord(MakeClaim("a.b", Quantifier::kRatio), verdict),
              HasSubstr(" claim=a.b samples=90 ratio=7.5 low=7.1 high=8 expected="));
}

TEST(VerdictRecord, NotApplicableSaysWhy) {
  Verdict verdict = MakeVerdict("a.b", Outcome::kNotApplicable);
  verdict.sentence = "no user namespaces";
  EXPECT_THAT(VerdictRecord(MakeClaim("a.b"), verdict),
              testing::EndsWith(" expected=none why=\"no user namespaces\""));
}

RunPlan MakePlan() {
  RunPlan plan;
  plan.claims = {MakeClaim("a"), MakeClaim("b")};
  plan.cells.resize(3);
  for (PlannedCell& cell : plan.cells) {
    cell.treatment = 1000;
    cell.no_fault = 20;
    cell.positive = 5;
  }
  plan.cells[1].not_applicable = "no such vehicle here";
  plan.jobs = 3;
  plan.profile = "quick";
  plan.estimate = 43 * kSecond;
  return plan;
}

TEST(PlanRecord, SaysHowMuch) {
  EXPECT_EQ(PlanRecord(MakePlan()),
            "plan profile=quick claims=2 cells=3 not_applicable=1 trials=2050 jobs=3 estimate=43");
}

TEST(PlanRecord, OfARunOlderThanProfilesSaysLess) {
  RunPlan plan = MakePlan();
  plan.profile.clear();
  plan.estimate = 0;
  plan.cells[1].not_applicable.clear();
  EXPECT_EQ(PlanRecord(plan), "plan claims=2 cells=3 not_applicable=0 trials=3075 jobs=3");
}

TEST(SlowRecord, NamesTheTrial) {
  EXPECT_EQ(SlowRecord({1, 17, {"spin", VehicleKind::kFork}, Arm::kPositive, 3 * kSecond, {}}),
            "slow cell=spin/fork trial=17 arm=positive for=3.0");
}

Leak MakeLeak(const CellKey& cell, const std::string& what) {
  Leak leak;
  leak.block = 3;
  leak.cell = cell;
  leak.what = what;
  return leak;
}

TEST(LeakRecord, NamesTheCellWhereOneIsKnown) {
  EXPECT_EQ(LeakRecord(MakeLeak({"spin", VehicleKind::kFork}, "process 7")),
            "leak cell=spin/fork block=3 what=\"process 7\"");
  EXPECT_EQ(LeakRecord(MakeLeak({}, "/dev/shm/x")), "leak what=/dev/shm/x");
}

TEST(CellRecord, SaysHowOftenARaceWasReplayed) {
  CellResult cell;
  cell.cell = {"race-plain", VehicleKind::kThread};
  EXPECT_THAT(CellRecord("a", cell), testing::Not(HasSubstr("replays=")));
  cell.replays = 10;
  cell.replayed = 7;
  EXPECT_THAT(CellRecord("a", cell), HasSubstr(" replays=10 replayed=7"));
}

TEST(Summary, CountsEveryOutcome) {
  RunReport report;
  report.verdicts = {MakeVerdict("a", Outcome::kSupported), MakeVerdict("b", Outcome::kRefuted),
                     MakeVerdict("c", Outcome::kNotApplicable)};
  report.verdicts[1].as_expected = false;
  report.exit_code = 1;
  EXPECT_EQ(SummaryRecord(report),
            "summary claims=3 supported=1 refuted=1 conditional=0 inconclusive=0 not_applicable=1 "
            "broken=0 unexpected=1 leaks=0 interrupted=no took=0.0 exit=1");
}

TEST(Attention, OnlyWhatNeedsItWithWhyAndNext) {
  RunReport report;
  report.verdicts = {MakeVerdict("good", Outcome::kSupported),
                     MakeVerdict("open", Outcome::kInconclusive)};
  report.verdicts[1].sentence = "only 3 trials counted";
  const auto records = AttentionRecords(report);
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(records[0],
            "attention outcome=inconclusive claim=open expected=none controls=passed why=\"only 3 "
            "trials counted\" next=\"bulkhead explain open\"");
}

TEST(Attention, TooFewTrialsSaysHowManyAreNeeded) {
  RunReport report;
  report.plan.claims = {MakeClaim("open")};
  report.verdicts = {MakeVerdict("open", Outcome::kInconclusive)};
  CellResult cell;
  cell.planned = 5;
  report.verdicts[0].cells = {cell};
  EXPECT_THAT(AttentionRecords(report).at(0),
              testing::EndsWith(" next=\"needs 299 trials per cell: leave out --trials\""));
  report.verdicts[0].cells[0].planned = 299;
  EXPECT_THAT(AttentionRecords(report).at(0), testing::EndsWith(" next=\"bulkhead explain open\""));
}

}  // namespace
}  // namespace bulkhead
