#include "harness/supervisor/replay_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bulkhead {
namespace {

using testing::ElementsAre;

Claim ClaimOf(const std::string& id, const std::string& scenario, VehicleKind vehicle) {
  Claim claim;
  claim.id = id;
  claim.experiment.names = {scenario};
  claim.experiment.vehicles = {vehicle};
  claim.expect = Outcome::kSupported;
  return claim;
}

RunPlan Stored() {
  RunPlan plan;
  plan.confidence = 0.9;
  plan.jobs = 4;
  plan.blind = {"canary"};
  plan.claims = {ClaimOf("reads.it", "abort", VehicleKind::kFork),
                 ClaimOf("other.vehicle", "abort", VehicleKind::kThread),
                 ClaimOf("other.fault", "spin", VehicleKind::kFork),
                 ClaimOf("reads.it-too", "abort", VehicleKind::kFork)};
  return plan;
}

RunPlan Replayed(Arm arm = Arm::kTreatment) {
  Replay replay;
  replay.trial.cell = {"abort", VehicleKind::kFork};
  replay.trial.arm = arm;
  replay.trial.seed = 42;
  Scenario scenario;
  scenario.manifest.name = "abort";
  return PlanReplay(Stored(), replay, scenario, 30);
}

TEST(ReplayPlan, AsksTheClaimsThatReadTheCellAndExpectsNothing) {
  std::vector<std::string> ids;
  for (const Claim& claim : Replayed().claims) {
    ids.push_back(claim.id);
    EXPECT_FALSE(claim.expect);
  }
  EXPECT_THAT(ids, ElementsAre("reads.it", "reads.it-too"));
}

TEST(ReplayPlan, RepeatsInTheArmOfTheTrialAlone) {
  using Arms = std::vector<std::uint64_t>;
  const auto arms = [](const RunPlan& plan) {
    const PlannedCell& cell = plan.cells.at(0);
    return Arms{cell.treatment, cell.no_fault, cell.positive};
  };
  EXPECT_EQ(arms(Replayed(Arm::kTreatment)), (Arms{30, 0, 0}));
  EXPECT_EQ(arms(Replayed(Arm::kNoFault)), (Arms{0, 30, 0}));
  EXPECT_EQ(arms(Replayed(Arm::kPositive)), (Arms{0, 0, 30}));
}

TEST(ReplayPlan, IsAsBlindAndAsConfidentAsTheRunWas) {
  const RunPlan plan = Replayed();
  EXPECT_EQ(plan.blind, Stored().blind);
  EXPECT_EQ(plan.confidence, 0.9);
  EXPECT_EQ(plan.seed, 42u);
}

TEST(ReplayPlan, RunsOneAtATimeAndNeverStopsEarly) {
  const RunPlan plan = Replayed();
  EXPECT_EQ(plan.jobs, 1u);
  EXPECT_GT(plan.stopping.enough, 30u);
}

}  // namespace
}  // namespace bulkhead
