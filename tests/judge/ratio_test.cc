#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/judge/evidence_builder.h"

namespace bulkhead {
namespace {

using evidence::Court;
using evidence::MakeClaim;
using evidence::MakePlan;
using evidence::Story;
using testing::HasSubstr;

constexpr VehicleKind kFork = VehicleKind::kFork;

RunPlan RatioPlan() {
  Claim claim = MakeClaim(Quantifier::kRatio, {kFork});
  claim.experiment.ratio = RatioSpec{"process", "thread", 1.0};
  RunPlan plan = MakePlan({claim});
  plan.scenarios[0].manifest = evidence::Fault({{EndKind::kReturn, 0}});
  plan.scenarios[0].manifest.kind = ScenarioKind::kMeasure;
  plan.cells[0].treatment = 10;
  plan.cells[0].no_fault = plan.cells[0].positive = 0;
  return plan;
}

Trial Measured(std::uint64_t process, std::uint64_t thread) {
  Samples above{"process", {}}, below{"thread", {}};
  for (std::uint64_t i = 0; i < 10; ++i) {
    above.values.push_back(process + i);
    below.values.push_back(thread + i);
  }
  return Story(kFork)
      .Fires()
      .Then(0, Returned{})
      .BystandersAnswer()
      .Answers(0)
      .Then(0, above)
      .Then(0, below);
}

TEST(Judge, RatioIntervalAboveSupports) {
  const Verdict verdict = Court(RatioPlan()).Hear(Measured(700, 100), 10).verdict();
  EXPECT_EQ(verdict.outcome, Outcome::kSupported);
  ASSERT_TRUE(verdict.ratio);
  EXPECT_EQ(verdict.ratio->samples, 90u);
  EXPECT_GT(verdict.ratio->low, 1.0);
  EXPECT_THAT(verdict.sentence, HasSubstr("interval"));
}

TEST(Judge, RatioIntervalBelowRefutes) {
  EXPECT_EQ(Court(RatioPlan()).Hear(Measured(100, 700), 10).verdict().outcome, Outcome::kRefuted);
}

TEST(Judge, RatioIntervalAcrossIsInconclusiveAndPrinted) {
  const Verdict verdict =
      Court(RatioPlan()).Hear(Measured(100, 104), 5).Hear(Measured(104, 100), 5).verdict();
  EXPECT_EQ(verdict.outcome, Outcome::kInconclusive);
  ASSERT_TRUE(verdict.ratio);
  EXPECT_THAT(verdict.sentence, HasSubstr("the ratio of medians is"));
}

TEST(Judge, RatioOfFewSamplesIsInconclusive) {
  EXPECT_EQ(Court(RatioPlan()).Hear(Measured(700, 100), 2).verdict().outcome,
            Outcome::kInconclusive);
}

// Two cells, each with its own two sides.
RunPlan TwoCells() {
  RunPlan plan = RatioPlan();
  plan.claims[0].experiment.tags = {"fatal"};
  plan.scenarios.push_back(plan.scenarios[0]);
  plan.scenarios[1].manifest.name = "other";
  plan.cells.push_back(plan.cells[0]);
  plan.cells[1].key.scenario = "other";
  return plan;
}

TEST(Judge, EachCellOfARatioIsJudgedByItsOwnSamples) {
  const Verdict verdict =
      Court(TwoCells()).Hear(Measured(700, 100), 10).Hear(Measured(90, 10), 10, "other").verdict();
  EXPECT_EQ(verdict.outcome, Outcome::kSupported);
  ASSERT_TRUE(verdict.cells[0].ratio && verdict.cells[1].ratio && verdict.ratio);
  EXPECT_LT(verdict.cells[1].ratio->ratio, verdict.cells[0].ratio->ratio + 10);
  EXPECT_EQ(verdict.ratio->low, std::min(verdict.cells[0].ratio->low, verdict.cells[1].ratio->low));
  EXPECT_THAT(verdict.sentence, HasSubstr("in each of 2 cells"));
}

TEST(Judge, ARatioThatHoldsInSomeCellsIsConditional) {
  const Verdict verdict = Court(TwoCells())
                              .Hear(Measured(700, 100), 10)
                              .Hear(Measured(100, 700), 10, "other")
                              .verdict();
  EXPECT_EQ(verdict.outcome, Outcome::kConditional);
  EXPECT_THAT(verdict.holds_in, testing::ElementsAre("null-store"));
  EXPECT_THAT(verdict.fails_in, testing::ElementsAre("other"));
}

TEST(Judge, ACellWithoutSamplesLeavesARatioOpen) {
  const Verdict verdict = Court(TwoCells()).Hear(Measured(700, 100), 10).verdict();
  EXPECT_EQ(verdict.outcome, Outcome::kInconclusive);
  EXPECT_EQ(verdict.cells[0].state, CellState::kHolds);
}

TEST(Judge, TheSpreadOfEverySeriesIsTold) {
  const Verdict verdict = Court(RatioPlan()).Hear(Measured(700, 100), 10).verdict();
  ASSERT_EQ(verdict.cells[0].series.size(), 2u);
  const SeriesResult& process = verdict.cells[0].series[0];
  EXPECT_EQ(process.name, "process");
  EXPECT_EQ(process.samples, 100u);
  EXPECT_EQ(process.least, 700);
  EXPECT_EQ(process.median, 704.5);
  EXPECT_EQ(process.most, 709);
}

TEST(Judge, UnfiredMeasurementGivesNoSamples) {
  Trial trial = Measured(700, 100);
  std::erase_if(trial.observations,
                [](const Observation& seen) { return std::holds_alternative<Firing>(seen.event); });
  const Verdict verdict = Court(RatioPlan()).Hear(trial, 10).verdict();
  EXPECT_EQ(verdict.outcome, Outcome::kInconclusive);
  EXPECT_FALSE(verdict.ratio);
}

}  // namespace
}  // namespace bulkhead
