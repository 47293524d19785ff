#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/judge/verdicts.h"
#include "tests/judge/evidence_builder.h"

namespace bulkhead {
namespace {

using evidence::Court;
using evidence::MakeClaim;
using evidence::MakePlan;
using evidence::Story;
using testing::ElementsAre;
using testing::Key;

constexpr VehicleKind kFork = VehicleKind::kFork;

Court CleanCourt(std::optional<Outcome> expect = Outcome::kSupported) {
  Claim claim = MakeClaim(Quantifier::kAlways, {kFork});
  claim.expect = expect;
  Court court(MakePlan({claim}));
  court.Clean(kFork);
  return court;
}

RunEnd Finished(std::uint64_t executed = 63) {
  RunEnd end;
  end.accounting.planned = end.accounting.executed = executed;
  return end;
}

RunReport ReportOf(Court&& court, const RunEnd& end = Finished()) {
  court.judge.Add(end);
  return court.judge.Report();
}
RunReport ReportOf(Court& court) { return ReportOf(std::move(court)); }

TEST(Report, KeepsWitnessTypicalAndFailedControlOnly) {
  Court court = CleanCourt();
  court.Hear(evidence::CrashThatTakesAll(kFork), 3).Hear(evidence::BlindControl(kFork), 2);
  EXPECT_THAT(ReportOf(std::move(court)).decisive, ElementsAre(Key(5), Key(64), Key(67)));
}

TEST(Report, CarriesLeaksBrokenAndEnd) {
  Court court = CleanCourt();
  Leak leak;
  leak.what = "a process";
  court.judge.Add(leak);
  court.judge.Add(evidence::Broken("other", kFork, "why"));
  RunEnd end = Finished();
  end.took = kSecond;
  const RunReport report = ReportOf(std::move(court), end);
  EXPECT_EQ(report.leaks.size(), 1u);
  EXPECT_EQ(report.broken.size(), 1u);
  EXPECT_EQ(report.end.took, kSecond);
  EXPECT_TRUE(report.complete);
}

TEST(Report, TornJournalIsAccountedForAndIncomplete) {
  Claim claim = MakeClaim(Quantifier::kAlways, {kFork});
  RunPlan plan =
      MakePlan({claim}, {"null-store"}, {kFork, VehicleKind::kExec, VehicleKind::kPidns});
  plan.cells[2].not_applicable = "no";
  Court court(plan);
  court.Hear(evidence::ContainedCrash(), 10);
  court.judge.Add(evidence::Broken("null-store", VehicleKind::kExec, "why"));
  const RunReport report = court.judge.Report();
  const Accounting& account = report.end.accounting;
  EXPECT_FALSE(report.complete);
  EXPECT_EQ(account.planned, 3 * 63u);
  EXPECT_EQ(account.executed, 10u);
  EXPECT_EQ(account.broken, 63u);
  EXPECT_EQ(account.planned, account.executed + account.skipped + account.broken);
}

TEST(ExitCode, AllAsExpectedIsZero) {
  EXPECT_EQ(ReportOf(CleanCourt()).exit_code, 0);
  EXPECT_EQ(ReportOf(CleanCourt(std::nullopt)).exit_code, 0);
}

TEST(ExitCode, UnexpectedVerdictIsOne) {
  EXPECT_EQ(ReportOf(CleanCourt(Outcome::kRefuted)).exit_code, 1);
}

TEST(ExitCode, InconclusiveIsThreeUnlessExpected) {
  Claim claim = MakeClaim(Quantifier::kMay, {kFork});
  EXPECT_EQ(ReportOf(Court(MakePlan({claim})).Clean(kFork)).exit_code, 3);
  claim.expect = Outcome::kSupported;
  EXPECT_EQ(ReportOf(Court(MakePlan({claim})).Clean(kFork)).exit_code, 3);
  claim.expect = Outcome::kInconclusive;
  EXPECT_EQ(ReportOf(Court(MakePlan({claim})).Clean(kFork)).exit_code, 0);
}

TEST(ExitCode, UnexecutedTrialsAreThreeButTheStoppingRuleIsNot) {
  Claim claim = MakeClaim(Quantifier::kAlways, {kFork});
  Court stopped(MakePlan({claim}));
  EXPECT_EQ(ReportOf(stopped.Guilty(kFork)).exit_code, 0);
  Court cut(MakePlan({claim}));
  cut.Controls(kFork).Hear(evidence::CrashThatTakesAll(kFork), 5);
  EXPECT_EQ(ReportOf(std::move(cut)).exit_code, 3);
}

TEST(ExitCode, FailedControlOrBrokenPartIsFour) {
  Court failed = CleanCourt(Outcome::kRefuted);
  EXPECT_EQ(ReportOf(failed.Hear(evidence::BlindControl(kFork))).exit_code, 4);
  Court broken = CleanCourt();
  broken.judge.Add(evidence::Broken("other", kFork, "why"));
  EXPECT_EQ(ReportOf(std::move(broken)).exit_code, 4);
  RunEnd end = Finished();
  end.accounting.broken = 1;
  EXPECT_EQ(ReportOf(CleanCourt(), end).exit_code, 4);
}

TEST(ExitCode, InterruptedIs130AndNothingRunIsFive) {
  RunEnd end = Finished();
  end.interrupted = true;
  EXPECT_EQ(ReportOf(CleanCourt(Outcome::kRefuted), end).exit_code, 130);
  EXPECT_EQ(ReportOf(CleanCourt(), Finished(0)).exit_code, 5);
}

TEST(ExitCode, InterruptedBeforeAnyTrialIs130) {
  RunEnd end = Finished(0);
  end.interrupted = true;
  EXPECT_EQ(ReportOf(CleanCourt(), end).exit_code, 130);
  end.accounting.broken = 3;
  EXPECT_EQ(ReportOf(CleanCourt(), end).exit_code, 130);
}

// A plugin that breaks every trial, controls included.
TEST(ExitCode, AllTrialsBrokenIsFourAndTheVerdictBroken) {
  Court court(MakePlan({MakeClaim(Quantifier::kAlways, {kFork})}));
  court.Hear(Story(evidence::NoFault(kFork)).Trouble("the zygote died"), 2)
      .Hear(Story(evidence::KillControl(kFork)).Trouble("the zygote died"), 2)
      .Hear(Story(evidence::ContainedCrash()).Trouble("the zygote died"), 14);
  RunEnd end;
  end.accounting.planned = end.accounting.broken = 18;
  const RunReport cut = court.judge.Report();
  EXPECT_EQ(cut.end.accounting.executed, 0u);
  EXPECT_EQ(cut.end.accounting.broken, 18u);
  const RunReport report = ReportOf(std::move(court), end);
  EXPECT_EQ(report.exit_code, 4);
  EXPECT_EQ(report.verdicts.at(0).outcome, Outcome::kBroken);
  EXPECT_THAT(report.verdicts[0].sentence, testing::HasSubstr("the zygote died"));
}

TEST(ExitCode, RefutedThatMayYetBeConditionalIsThree) {
  Claim claim = MakeClaim(Quantifier::kAlways, {kFork, VehicleKind::kExec});
  claim.expect = Outcome::kConditional;
  RunPlan plan = MakePlan({claim}, {"null-store"}, {kFork, VehicleKind::kExec});
  for (PlannedCell& cell : plan.cells) cell.treatment = 5;  // too few for the bound
  Court court(plan);
  court.Guilty(kFork).Controls(VehicleKind::kExec);
  Trial clean = evidence::ContainedCrash();
  clean.plan.cell.vehicle = VehicleKind::kExec;
  court.Hear(clean, 5);
  const RunReport report = ReportOf(court);
  EXPECT_EQ(report.verdicts.at(0).outcome, Outcome::kRefuted);
  EXPECT_FALSE(report.verdicts[0].as_expected);
  EXPECT_EQ(report.exit_code, 3);
  court.Hear(evidence::BlindControl(kFork));
  EXPECT_EQ(ReportOf(court).exit_code, 4);
}

TEST(Report, FailedControlIsTheDecisiveTrialAndTheOneTheSentenceNames) {
  Court court(MakePlan({MakeClaim(Quantifier::kAlways, {VehicleKind::kExec, kFork})},
                       {"null-store"}, {VehicleKind::kExec, kFork}));
  court.Clean(kFork).Hear(evidence::BlindControl(kFork));  // trial 64
  court.Clean(VehicleKind::kExec).Hear(evidence::BlindControl(VehicleKind::kExec));
  const RunReport report = ReportOf(court);
  const Verdict& verdict = report.verdicts.at(0);
  EXPECT_EQ(verdict.witness, 64u);
  EXPECT_THAT(verdict.sentence, testing::HasSubstr("null-store/fork, trial 64: "));
  EXPECT_EQ(report.decisive.at(64).plan.arm, Arm::kPositive);
}

TEST(Report, VoidExampleExplainsTheInconclusive) {
  Court court(MakePlan({MakeClaim(Quantifier::kAlways, {kFork})}));
  court.Controls(kFork).Hear(Story(kFork).BystandersAnswer().Answers(0).Released(), 59);
  const RunReport report = ReportOf(court);
  EXPECT_EQ(report.verdicts.at(0).witness, 5u);
  EXPECT_THAT(report.decisive, ElementsAre(Key(5)));
}

TEST(Report, WithoutItsEndTheRunTookAsLongAsItsLastRecordSays) {
  Court court = CleanCourt();
  Trial trial = evidence::ContainedCrash();
  trial.started = 3 * kSecond;
  trial.took = kMillisecond;
  court.Hear(trial);
  EXPECT_EQ(court.judge.Report().end.took, 3 * kSecond + kMillisecond);
  BlockStarted block;
  block.at = 5 * kSecond;
  court.judge.Add(block);
  EXPECT_EQ(court.judge.Report().end.took, 5 * kSecond);
}

// A witness that never comes, in a run that asked for few trials and got them.
Court Unwitnessed(bool undecided_is_fine, std::uint64_t planned = 3) {
  Claim claim = MakeClaim(Quantifier::kMay, {kFork});
  RunPlan plan = MakePlan({claim});
  plan.undecided_is_fine = undecided_is_fine;
  plan.cells[0].treatment = planned;
  Court court(plan);
  court.Controls(kFork);
  return court;
}

TEST(ExitCode, UndecidedForWantOfTrialsIsFineWhereTheProfileSaysSo) {
  for (const bool fine : {true, false}) {
    Court court = Unwitnessed(fine);
    court.Hear(evidence::ContainedCrash(), 3);
    const RunReport report = ReportOf(court);
    ASSERT_EQ(report.verdicts.at(0).outcome, Outcome::kInconclusive);
    EXPECT_EQ(report.exit_code, fine ? 0 : 3);
  }
}

TEST(ExitCode, UndecidedForAnyOtherReasonNeverIs) {
  Court nothing_fired = Unwitnessed(true);
  nothing_fired.Hear(Story(kFork).BystandersAnswer().Answers(0).Released(), 3);
  EXPECT_EQ(ReportOf(nothing_fired).exit_code, 3);
  Court cut_short = Unwitnessed(true, 5);
  cut_short.Hear(evidence::ContainedCrash(), 3);
  EXPECT_EQ(ReportOf(cut_short).exit_code, 3);
  Court blind = Unwitnessed(true);
  blind.Hear(evidence::ContainedCrash(), 3).Hear(evidence::BlindControl(kFork));
  EXPECT_EQ(ReportOf(blind).exit_code, 4);
}

TEST(ExitCode, IncompleteJournalIsThree) { EXPECT_EQ(CleanCourt().judge.Report().exit_code, 3); }

TEST(Wording, BoundsAreRoundedAwayFromTheClaim) {
  EXPECT_EQ(PercentAbove(0.0099402), "1.0 %");
  EXPECT_EQ(PercentAbove(0.01), "1.0 %");
  EXPECT_EQ(PercentAbove(0.0101), "1.1 %");
  EXPECT_EQ(PercentAbove(0.00009999), "0.010 %");
  EXPECT_EQ(PercentAbove(0.139), "14 %");
  EXPECT_EQ(PercentAbove(1.0), "100 %");
  EXPECT_EQ(PercentBelow(0.8609), "86 %");
  EXPECT_EQ(Message::Count(14352), "14,352");
  EXPECT_EQ(Message::Count(1234567), "1,234,567");
  EXPECT_EQ(Message::Count(999), "999");
}

}  // namespace
}  // namespace bulkhead
