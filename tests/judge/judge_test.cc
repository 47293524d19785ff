#include "harness/judge/judge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "harness/base/random.h"
#include "tests/judge/evidence_builder.h"

namespace bulkhead {
namespace {

using evidence::Court;
using evidence::MakeClaim;
using evidence::MakePlan;
using evidence::Story;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr VehicleKind kFork = VehicleKind::kFork;
constexpr VehicleKind kThread = VehicleKind::kThread;
constexpr VehicleKind kExec = VehicleKind::kExec;

RunPlan AlwaysOverFork() { return MakePlan({MakeClaim(Quantifier::kAlways, {kFork})}); }
RunPlan AlwaysOver(std::vector<std::string> scenarios, std::vector<VehicleKind> vehicles) {
  return MakePlan({MakeClaim(Quantifier::kAlways, vehicles)}, std::move(scenarios), vehicles);
}

// ---- always

TEST(Judge, CleanCellBelowTheTargetIsSupported) {
  const Verdict verdict = Court(AlwaysOverFork()).Clean(kFork).verdict();
  EXPECT_EQ(verdict.outcome, Outcome::kSupported);
  EXPECT_EQ(verdict.counted, 59u);
  EXPECT_EQ(verdict.found, 0u);
  EXPECT_NEAR(verdict.worst_upper, 0.0495, 0.0001);
  EXPECT_FALSE(verdict.witness);
  const CellResult& cell = verdict.cells.at(0);
  EXPECT_EQ(cell.state, CellState::kHolds);
  EXPECT_EQ(cell.victim_fates.at("signaled SIGSEGV"), 59u);
  EXPECT_EQ(cell.bystander_fates.at("intact"), 118u);
  EXPECT_EQ(cell.no_fault, (ControlTally{2, 2, {}}));
  EXPECT_EQ(cell.blocks, 7u);
  EXPECT_EQ(verdict.sentence,
            "No counterexample in 59 trials over 1 cell; in each cell the rate is at most 5.0 % at "
            "95 % confidence, on this machine.");
}

TEST(Judge, OneTrialTooFewIsInconclusive) {
  const Verdict verdict =
      Court(AlwaysOverFork()).Controls(kFork).Hear(evidence::ContainedCrash(), 58).verdict();
  EXPECT_EQ(verdict.outcome, Outcome::kInconclusive);
  EXPECT_THAT(verdict.cells.at(0).reason, HasSubstr("above the target"));
}

TEST(Judge, OneCounterexampleRefutes) {
  Court court(AlwaysOverFork());
  court.Clean(kFork).Hear(evidence::CrashThatTakesAll(kFork));
  const Verdict verdict = court.verdict();
  EXPECT_EQ(verdict.outcome, Outcome::kRefuted);
  EXPECT_EQ(verdict.found, 1u);
  EXPECT_EQ(verdict.witness, 64u);
  EXPECT_GT(verdict.cells.at(0).lower, 0.0);
  EXPECT_THAT(verdict.sentence,
              HasSubstr("Refuted: in 1 of 60 trials of null-store/fork (trial 64)"));
}

TEST(Judge, NoTrialFiredIsInconclusive) {
  const Trial unfired = Story(kFork).BystandersAnswer().Answers(0).Released();
  const Verdict verdict = Court(AlwaysOverFork()).Controls(kFork).Hear(unfired, 59).verdict();
  EXPECT_EQ(verdict.outcome, Outcome::kInconclusive);
  EXPECT_EQ(verdict.counted, 0u);
  EXPECT_EQ(verdict.cells.at(0).void_trials, 59u);
  EXPECT_THAT(verdict.sentence, HasSubstr("the victim never fired"));
}

TEST(Judge, VoidTrialsAreExcludedAndCounted) {
  Court court(AlwaysOverFork());
  court.Clean(kFork).Hear(Story(kFork).Fires().Dies(0, SIGTERM).BystandersAnswer(), 3);
  const Verdict verdict = court.verdict();
  EXPECT_EQ(verdict.outcome, Outcome::kSupported);
  EXPECT_EQ(verdict.counted, 59u);
  EXPECT_EQ(verdict.cells.at(0).void_trials, 3u);
  EXPECT_EQ(verdict.cells.at(0).executed, 62u);
}

TEST(Judge, VoidTrialIsNoCounterexample) {
  // Everybody died, but not by the fault.
  const Trial trial = Story(kFork).Dies(0, SIGTERM).Dies(1, SIGTERM).Dies(2, SIGTERM);
  EXPECT_EQ(Court(AlwaysOverFork()).Clean(kFork).Hear(trial).verdict().found, 0u);
}

TEST(Judge, TroubledTrialsDoNotCount) {
  Court court(AlwaysOverFork());
  court.Clean(kFork).Hear(Story(evidence::CrashThatTakesAll(kFork)).Trouble("EMFILE"), 4);
  const Verdict verdict = court.verdict();
  EXPECT_EQ(verdict.outcome, Outcome::kSupported);
  EXPECT_EQ(verdict.cells.at(0).troubled, 4u);
}

TEST(Judge, BystanderThatWasNeverAskedDoesNotCount) {
  const Trial unasked = Story(kFork).Fires().Faults(0, SIGSEGV, 1).Dies(0, SIGSEGV).Answers(1);
  const Verdict verdict = Court(AlwaysOverFork()).Controls(kFork).Hear(unasked, 59).verdict();
  EXPECT_EQ(verdict.outcome, Outcome::kInconclusive);
  EXPECT_EQ(verdict.cells.at(0).troubled, 59u);
  EXPECT_THAT(verdict.sentence, HasSubstr("bystander 2"));
}

TEST(Judge, BystanderKilledByTheSupervisorIsNoCounterexample) {
  const Trial cleared =
      Story(kFork).Fires().Faults(0, SIGSEGV, 1).Dies(0, SIGSEGV).Answers(1).Killed(2, 2);
  const Verdict verdict = Court(AlwaysOverFork()).Controls(kFork).Hear(cleared, 59).verdict();
  EXPECT_EQ(verdict.outcome, Outcome::kInconclusive);
  EXPECT_EQ(verdict.found, 0u);
}

// ---- controls

TEST(Judge, FailedPositiveControlIsInconclusiveHoweverClean) {
  const Verdict verdict =
      Court(AlwaysOverFork()).Clean(kFork).Hear(evidence::BlindControl(kFork)).verdict();
  EXPECT_EQ(verdict.outcome, Outcome::kInconclusive);
  EXPECT_TRUE(verdict.control_failed);
  EXPECT_EQ(verdict.cells.at(0).positive.run, 3u);
  EXPECT_EQ(verdict.cells.at(0).positive.passed, 2u);
  EXPECT_THAT(verdict.cells.at(0).positive.first_failure,
              HasSubstr("trial 64: the canary of bystander 1 was broken and reported intact"));
  EXPECT_THAT(verdict.sentence, HasSubstr("a control failed"));
}

TEST(Judge, FailedNoFaultControlDoesNotRefute) {
  Court court(AlwaysOverFork());
  court.Guilty(kFork).Hear(Story(kFork, Arm::kNoFault).Dies(1, SIGSEGV).Answers(2).Answers(0));
  EXPECT_EQ(court.verdict().outcome, Outcome::kInconclusive);
  EXPECT_TRUE(court.verdict().control_failed);
}

TEST(Judge, FailedControlInOneCellSpoilsTheClaim) {
  Court court(AlwaysOver({"null-store"}, {kFork, kExec}));
  court.Clean(kFork).Guilty(kExec).Hear(evidence::BlindControl(kFork));
  EXPECT_EQ(court.verdict().outcome, Outcome::kInconclusive);
}

TEST(Judge, MissingControlsAreInconclusive) {
  Court none(AlwaysOverFork()), half(AlwaysOverFork());
  none.Hear(evidence::ContainedCrash(), 59);
  EXPECT_EQ(none.verdict().outcome, Outcome::kInconclusive);
  EXPECT_FALSE(none.verdict().control_failed);
  EXPECT_THAT(none.verdict().sentence, HasSubstr("no control of either kind was completed"));
  half.Hear(evidence::NoFault(kFork), 2).Hear(evidence::ContainedCrash(), 59);
  EXPECT_THAT(half.verdict().sentence, HasSubstr("no positive control was completed"));
}

TEST(Judge, TroubledControlIsNeitherRunNorPassed) {
  const Verdict verdict = Court(AlwaysOverFork())
                              .Hear(evidence::NoFault(kFork))
                              .Hear(Story(evidence::BlindControl(kFork)).Trouble("the zygote died"))
                              .Hear(evidence::ContainedCrash(), 59)
                              .verdict();
  EXPECT_EQ(verdict.outcome, Outcome::kInconclusive);
  EXPECT_FALSE(verdict.control_failed);
  EXPECT_EQ(verdict.cells.at(0).positive.run, 0u);
  EXPECT_THAT(verdict.sentence, HasSubstr("the zygote died"));
}

// ---- several cells

TEST(Judge, CellsThatDisagreeAreConditionalByVehicle) {
  Court court(AlwaysOver({"null-store"}, {kThread, kFork, kExec}));
  court.Guilty(kThread).Clean(kFork).Clean(kExec);
  const Verdict verdict = court.verdict();
  EXPECT_EQ(verdict.outcome, Outcome::kConditional);
  EXPECT_THAT(verdict.holds_in, ElementsAre("fork", "exec"));
  EXPECT_THAT(verdict.fails_in, ElementsAre("thread"));
  EXPECT_THAT(verdict.sentence, AllOf(HasSubstr("fork; exec"), HasSubstr("null-store/thread")));
}

TEST(Judge, CellsThatDisagreeAreConditionalByScenario) {
  Court court(AlwaysOver({"hang", "null-store"}, {kFork, kExec}));
  for (const VehicleKind vehicle : {kFork, kExec}) {
    court.Clean(vehicle, "null-store").Guilty(vehicle, "hang");
  }
  EXPECT_THAT(court.verdict().holds_in, ElementsAre("null-store"));
  EXPECT_THAT(court.verdict().fails_in, ElementsAre("hang"));
}

TEST(Judge, CellsThatDisagreeWithoutPatternAreNamedWithinVehicles) {
  Court court(AlwaysOver({"a", "b"}, {kFork, kExec}));
  court.Clean(kFork, "a").Guilty(kFork, "b").Clean(kExec, "a").Clean(kExec, "b");
  EXPECT_THAT(court.verdict().holds_in, ElementsAre("a in fork", "exec"));
  EXPECT_THAT(court.verdict().fails_in, ElementsAre("b in fork"));
}

TEST(Judge, CommonTagNamesManyScenarios) {
  RunPlan plan = AlwaysOver({"a", "b", "c", "d"}, {kFork});
  for (const std::size_t index : {0, 1, 3}) plan.scenarios[index].manifest.tags.push_back("wild");
  Court court(plan);
  court.Guilty(kFork, "a").Guilty(kFork, "b").Clean(kFork, "c").Guilty(kFork, "d");
  EXPECT_THAT(court.verdict().fails_in, ElementsAre("scenarios tagged wild"));
  EXPECT_THAT(court.verdict().holds_in, ElementsAre("c"));
}

TEST(Judge, OpenCellKeepsTheClaimOpen) {
  Court court(AlwaysOver({"null-store"}, {kFork, kExec}));
  court.Clean(kFork);
  EXPECT_EQ(court.verdict().outcome, Outcome::kInconclusive);
  EXPECT_THAT(court.verdict().sentence, HasSubstr("1 of 2 cells open, first null-store/exec"));
}

TEST(Judge, CounterexampleRefutesThoughOtherCellsAreOpen) {
  Court court(AlwaysOver({"null-store"}, {kFork, kExec}));
  court.Guilty(kExec);
  EXPECT_EQ(court.verdict().outcome, Outcome::kRefuted);
}

TEST(Judge, AllCellsNotApplicableIsNotApplicable) {
  RunPlan plan = AlwaysOverFork();
  plan.cells[0].not_applicable = "no user namespaces";
  const Verdict verdict = Court(plan).verdict();
  EXPECT_EQ(verdict.outcome, Outcome::kNotApplicable);
  EXPECT_THAT(verdict.sentence, HasSubstr("no user namespaces"));
}

TEST(Judge, NotApplicableCellIsLeftOutAndSaid) {
  RunPlan plan = AlwaysOver({"null-store"}, {kFork, kExec});
  plan.cells[1].not_applicable = "no privileges";
  const Verdict verdict = Court(plan).Clean(kFork).verdict();
  EXPECT_EQ(verdict.outcome, Outcome::kSupported);
  EXPECT_THAT(verdict.sentence, HasSubstr("1 cell cannot be run on this machine"));
}

TEST(Judge, BrokenCellIsBrokenUnlessSomethingIsViolated) {
  Court court(AlwaysOver({"null-store"}, {kFork, kExec}));
  court.Clean(kFork);
  court.judge.Add(evidence::Broken("null-store", kExec, "the plugin ended by SIGSEGV"));
  EXPECT_EQ(court.verdict().outcome, Outcome::kBroken);
  EXPECT_THAT(court.verdict().sentence, HasSubstr("the plugin ended by SIGSEGV"));
  court.Hear(evidence::CrashThatTakesAll(kFork));
  EXPECT_EQ(court.verdict().outcome, Outcome::kRefuted);
}

TEST(Judge, ClaimWithoutCellsIsInconclusive) {
  RunPlan plan = AlwaysOverFork();
  plan.claims[0].experiment.tags = {"other"};
  EXPECT_EQ(Court(plan).verdict().outcome, Outcome::kInconclusive);
}

TEST(Judge, PlanWithoutTheScenarioIsBroken) {
  RunPlan plan = AlwaysOverFork();
  plan.claims[0].experiment.names = {"null-store"};
  plan.scenarios.clear();
  EXPECT_EQ(Court(plan).Clean(kFork).verdict().outcome, Outcome::kBroken);
}

// ---- may

TEST(Judge, OneWitnessSupportsMay) {
  Court court(MakePlan({MakeClaim(Quantifier::kMay, {kFork})}));
  court.Clean(kFork).Hear(evidence::CrashThatTakesAll(kFork));
  const Verdict verdict = court.verdict();
  EXPECT_EQ(verdict.outcome, Outcome::kSupported);
  EXPECT_EQ(verdict.witness, 64u);
  EXPECT_EQ(verdict.cells.at(0).state, CellState::kHolds);
  EXPECT_THAT(verdict.sentence,
              HasSubstr("Witnessed in 1 of 60 trials of null-store/fork (trial 64)"));
}

TEST(Judge, MayIsNeverRefutedByTesting) {
  const Verdict verdict =
      Court(MakePlan({MakeClaim(Quantifier::kMay, {kFork})})).Clean(kFork).verdict();
  EXPECT_EQ(verdict.outcome, Outcome::kInconclusive);
  EXPECT_THAT(verdict.sentence, AllOf(HasSubstr("no witness in 59 trials"), HasSubstr("5.0 %")));
}

TEST(Judge, WitnessWithoutControlsIsNone) {
  Court court(MakePlan({MakeClaim(Quantifier::kMay, {kFork})}));
  court.Hear(evidence::CrashThatTakesAll(kFork), 20);
  EXPECT_EQ(court.verdict().outcome, Outcome::kInconclusive);
}

TEST(Judge, UnclearReadingMakesTheTrialUncountable) {
  RunPlan plan = MakePlan({MakeClaim(Quantifier::kAlways, {kFork}, Finding::kForeignSeen)});
  Court court(plan);
  court.Clean(kFork);  // no trial reports a reading
  EXPECT_EQ(court.verdict().outcome, Outcome::kInconclusive);
  EXPECT_EQ(court.verdict().cells.at(0).troubled, 59u);
  EXPECT_THAT(court.verdict().sentence, HasSubstr("no unit reported a reading"));
}

// ---- expectation, stopping, decisions

TEST(Judge, ExpectationNeverEntersTheJudgement) {
  RunPlan plan = AlwaysOverFork();
  EXPECT_FALSE(Court(plan).Clean(kFork).verdict().as_expected);
  plan.claims[0].expect = Outcome::kRefuted;
  const Verdict against = Court(plan).Clean(kFork).verdict();
  EXPECT_EQ(against.outcome, Outcome::kSupported);
  EXPECT_EQ(against.as_expected, false);
  EXPECT_EQ(Court(plan).Guilty(kFork).verdict().as_expected, true);
  // What decides nothing contradicts nothing.
  EXPECT_FALSE(Court(plan).verdict().as_expected);
}

TEST(Judge, CellStopsWhenEveryClaimHasFoundEnough) {
  const CellKey cell{"null-store", kFork};
  const Claim died = MakeClaim(Quantifier::kAlways, {kFork});
  const Claim damaged = MakeClaim(Quantifier::kMay, {kFork}, Finding::kBystanderDamaged);
  Court one(MakePlan({died}));
  EXPECT_FALSE(one.Hear(evidence::CrashThatTakesAll(kFork), 19).judge.Enough(cell));
  EXPECT_TRUE(one.Hear(evidence::CrashThatTakesAll(kFork)).judge.Enough(cell));
  EXPECT_TRUE(one.verdict().cells.at(0).stopped_early);
  Court two(MakePlan({died, damaged}));
  EXPECT_FALSE(two.Hear(evidence::CrashThatTakesAll(kFork), 40).judge.Enough(cell));
}

TEST(Judge, DecidedWhenNoPlannedTrialRemains) {
  Court court(AlwaysOver({"null-store"}, {kFork, kExec}));
  EXPECT_FALSE(court.Clean(kFork).judge.Decided(0));
  EXPECT_TRUE(court.Guilty(kExec).judge.Decided(0));  // stopped early, controls complete
}

TEST(Judge, UndecidedWhileControlsAreMissing) {
  EXPECT_FALSE(Court(AlwaysOverFork()).Hear(evidence::ContainedCrash(), 59).judge.Decided(0));
}

TEST(Judge, DecidedWhenCellsCannotRunOrTheRunIsOver) {
  RunPlan plan = AlwaysOver({"null-store"}, {kFork, kExec});
  plan.cells[0].not_applicable = "no";
  Court court(plan);
  EXPECT_FALSE(court.judge.Decided(0));
  court.judge.Add(evidence::Broken("null-store", kExec, "broken"));
  EXPECT_TRUE(court.judge.Decided(0));
  Court ended(AlwaysOverFork());
  ended.judge.Add(RunEnd{});
  EXPECT_TRUE(ended.judge.Decided(0));
}

TEST(Judge, OrderOfTrialsDoesNotMatter) {
  std::vector<Trial> trials;
  const auto add = [&](Trial trial, VehicleKind vehicle, int times) {
    for (int i = 0; i < times; ++i) {
      trial.plan.cell.vehicle = vehicle;
      trial.plan.id = trials.size() + 1;
      trials.push_back(trial);
    }
  };
  for (const VehicleKind vehicle : {kFork, kExec}) {
    add(evidence::NoFault(vehicle), vehicle, 2);
    add(evidence::KillControl(vehicle), vehicle, 2);
    add(evidence::ContainedCrash(), vehicle, 59);
  }
  add(evidence::CrashThatTakesAll(kExec), kExec, 5);
  const auto judge = [&] {
    Judge judge(AlwaysOver({"null-store"}, {kFork, kExec}));
    for (const Trial& trial : trials) judge.Add(trial);
    return judge.Report();
  };
  const RunReport forward = judge();
  std::shuffle(trials.begin(), trials.end(), Random(1));
  const RunReport shuffled = judge();
  EXPECT_EQ(forward.verdicts[0].sentence, shuffled.verdicts[0].sentence);
  EXPECT_EQ(forward.verdicts[0].witness, shuffled.verdicts[0].witness);
  EXPECT_EQ(forward.verdicts[0].cells[0].typical, shuffled.verdicts[0].cells[0].typical);
  EXPECT_EQ(forward.decisive.size(), shuffled.decisive.size());
}

TEST(Judge, TrialsOfUnknownCellsAreIgnored) {
  Court court(AlwaysOverFork());
  court.Clean(kFork).Hear(evidence::CrashThatTakesAll(kFork), 1, "stranger");
  EXPECT_EQ(court.verdict().outcome, Outcome::kSupported);
}

TEST(Judge, NoSentenceOverclaims) {
  Court court(AlwaysOver({"null-store"}, {kFork, kExec}));
  std::vector<Verdict> verdicts{court.verdict()};
  verdicts.push_back(court.Clean(kFork).verdict());
  verdicts.push_back(court.Clean(kExec).verdict());
  verdicts.push_back(court.Hear(evidence::CrashThatTakesAll(kFork)).verdict());
  verdicts.push_back(court.Hear(evidence::BlindControl(kFork)).verdict());
  for (const Verdict& verdict : verdicts) {
    EXPECT_THAT(verdict.sentence, AllOf(Not(HasSubstr("prove")), Not(HasSubstr("safe")),
                                        Not(HasSubstr("never")), Not(HasSubstr(" 0 %"))));
    EXPECT_EQ(verdict.sentence.English().back(), '.');
    // Composed of messages of the catalogs, not a finished English text.
    EXPECT_NE(verdict.sentence.kind(), Message::Kind::kElsewhere) << verdict.sentence;
  }
}

}  // namespace
}  // namespace bulkhead
