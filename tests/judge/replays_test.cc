// The replay rate of races: pairs of trials of one seed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/judge/evidence_builder.h"

namespace bulkhead {
namespace {

using evidence::Court;
using evidence::Story;
using testing::HasSubstr;
using testing::Not;

// Whether each trial shows the finding, by seed; in the order in which the judge hears of them.
struct Told {
  std::uint64_t id, seed;
  bool shown;
};

RunPlan PlanOf(const std::string& tag) {
  RunPlan plan = evidence::MakePlan({evidence::MakeClaim(Quantifier::kMay, {VehicleKind::kFork})});
  plan.scenarios[0].manifest.tags.push_back(tag);
  return plan;
}

Trial TrialOf(const Told& told) {
  Trial trial =
      told.shown ? evidence::CrashThatTakesAll(VehicleKind::kFork) : evidence::ContainedCrash();
  trial.plan.id = told.id;
  trial.plan.seed = told.seed;
  return trial;
}

Verdict Judged(const std::vector<Told>& trials, const std::string& tag = "race") {
  Court court(PlanOf(tag));
  court.Controls(VehicleKind::kFork);
  for (const Told& told : trials) court.judge.Add(TrialOf(told));
  return court.verdict();
}

CellResult CellOf(const std::vector<Told>& trials, const std::string& tag = "race") {
  return Judged(trials, tag).cells.at(0);
}

const std::vector<Told> kTrials{{10, 1, true},  {11, 1, true},   // shown again
                                {12, 2, true},  {13, 2, false},  // not again
                                {14, 3, false}, {15, 3, true},   // nothing to replay
                                {16, 4, false}, {17, 4, false},
                                {18, 5, true}};  // the run ended before its replay

TEST(Replays, AreCountedOfTheTrialsThatShowedTheFinding) {
  const CellResult cell = CellOf(kTrials);
  EXPECT_EQ(cell.counted, 9u);
  EXPECT_EQ(cell.found, 5u);
  EXPECT_EQ(cell.replays, 2u);
  EXPECT_EQ(cell.replayed, 1u);
}

TEST(Replays, DoNotDependOnTheOrderOfArrival) {
  std::vector<Told> backwards = kTrials;
  std::ranges::reverse(backwards);
  EXPECT_EQ(CellOf(backwards).replays, 2u);
  EXPECT_EQ(CellOf(backwards).replayed, 1u);
}

TEST(Replays, TheSentenceSaysHowOften) {
  EXPECT_THAT(Judged(kTrials).sentence, HasSubstr("(trial 10), again in 1 of 2 replays"));
  EXPECT_THAT(Judged({{10, 1, true}}).sentence, Not(HasSubstr("replay")));
}

TEST(Replays, WithoutARaceThereAreNone) { EXPECT_EQ(CellOf(kTrials, "memory").replays, 0u); }

TEST(Replays, ATrialThatDoesNotCountIsNoReplay) {
  Court court(PlanOf("race"));
  court.Controls(VehicleKind::kFork);
  court.judge.Add(TrialOf({10, 1, true}));
  Trial spoilt = TrialOf({11, 1, true});
  spoilt.trouble = "EMFILE";
  court.judge.Add(spoilt);
  EXPECT_EQ(court.verdict().cells.at(0).replays, 0u);
}

// ---- A run that does nothing but repeat one trial.

Verdict JudgedAsReplay(Quantifier quantifier, const Trial& trial) {
  RunPlan plan = evidence::MakePlan({evidence::MakeClaim(quantifier, {VehicleKind::kFork})});
  plan.cells[0].no_fault = plan.cells[0].positive = 0;
  plan.replay.emplace();
  return Court(plan).Hear(trial, 59).verdict();
}

TEST(ARunThatRepeatsATrial, BoundsNoClaim) {
  const Verdict verdict = JudgedAsReplay(Quantifier::kAlways, evidence::ContainedCrash());
  EXPECT_EQ(verdict.outcome, Outcome::kInconclusive);
  EXPECT_THAT(verdict.cells.at(0).reason.English(), HasSubstr("one trial again"));
  EXPECT_LE(verdict.cells.at(0).upper, 0.05) << "the rate of the repetitions is known";
}

TEST(ARunThatRepeatsATrial, MayShowWhatIsLookedFor) {
  const Trial trial = evidence::CrashThatTakesAll(VehicleKind::kFork);
  EXPECT_EQ(JudgedAsReplay(Quantifier::kAlways, trial).outcome, Outcome::kRefuted);
  EXPECT_EQ(JudgedAsReplay(Quantifier::kMay, trial).outcome, Outcome::kSupported);
}

}  // namespace
}  // namespace bulkhead
