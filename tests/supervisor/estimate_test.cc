#include "harness/supervisor/estimate.h"

#include <gtest/gtest.h>

#include <csignal>

#include "tests/supervisor/campaign_run.h"

namespace bulkhead {
namespace {

constexpr Pace kPace{100'000, 0.0, 2};

RunPlan PlanOf(std::uint64_t trials, VehicleKind vehicle = VehicleKind::kFork,
               ExpectedEnd end = {EndKind::kSignal, SIGSEGV}) {
  Scenario scenario;
  scenario.manifest.name = "fault";
  scenario.manifest.ends = {end};
  Claim claim =
      campaigns::MakeClaim("a", Quantifier::kAlways, "fault", vehicle, Finding::kBystanderAffected);
  PlannedCell cell = campaigns::MakeCell("fault", vehicle);
  cell.treatment = trials;
  RunPlan plan = campaigns::MakePlan({claim}, {scenario}, {cell});
  plan.jobs = 2;
  return plan;
}

TEST(Estimate, GrowsWithTheTrials) {
  const Nanoseconds few = EstimateOf(PlanOf(300), kPace), many = EstimateOf(PlanOf(3000), kPace);
  EXPECT_GT(few, 0);
  EXPECT_GT(many, 5 * few);
  EXPECT_LT(many, 15 * few);
}

TEST(Estimate, AnExecutedProgramCostsMoreThanAFork) {
  EXPECT_GT(EstimateOf(PlanOf(300, VehicleKind::kExec), kPace), 2 * EstimateOf(PlanOf(300), kPace));
}

TEST(Estimate, HangsAreWaitedFor) {
  EXPECT_GT(EstimateOf(PlanOf(300, VehicleKind::kFork, {EndKind::kBlocked, 0}), kPace),
            300 * kMillisecond);
}

TEST(Estimate, ACrowdTakesItsShare) {
  Pace crowded = kPace;
  crowded.crowd = 6;
  EXPECT_GT(EstimateOf(PlanOf(3000), crowded), 2 * EstimateOf(PlanOf(3000), kPace));
}

TEST(Estimate, WhatFindsEnoughStopsEarly) {
  RunPlan plan = PlanOf(3000);
  const Nanoseconds whole = EstimateOf(plan, kPace);
  plan.claims[0].quantifier = Quantifier::kMay;
  EXPECT_LT(EstimateOf(plan, kPace), whole / 4);
}

TEST(Estimate, WhatCannotRunTakesNoTime) {
  RunPlan plan = PlanOf(300);
  plan.cells[0].not_applicable = "no";
  EXPECT_EQ(EstimateOf(plan, kPace), 0);
}

TEST(Estimate, MeasuresRunAlone) {
  RunPlan plan = PlanOf(20);
  plan.scenarios[0].manifest.kind = ScenarioKind::kMeasure;
  plan.scenarios[0].manifest.exclusive = true;
  const Nanoseconds two_jobs = EstimateOf(plan, kPace);
  plan.jobs = 1;
  EXPECT_EQ(EstimateOf(plan, kPace), two_jobs);
}

TEST(Pace, IsThatOfThisMachine) {
  const auto pace = MeasurePace();
  ASSERT_TRUE(pace.has_value()) << pace.error().message;
  EXPECT_GT(pace->round, kMicrosecond);
  EXPECT_LT(pace->round, kSecond);
  EXPECT_GE(pace->crowd, 0.0);
  EXPECT_GE(pace->processors, 1u);
}

}  // namespace
}  // namespace bulkhead
