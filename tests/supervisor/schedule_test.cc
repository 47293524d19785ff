#include "harness/supervisor/schedule.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "harness/supervisor/replay_plan.h"

namespace bulkhead {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Scenario MakeScenario(const std::string& name, ScenarioKind kind, bool exclusive = false) {
  Scenario scenario;
  scenario.manifest.name = name;
  scenario.manifest.kind = kind;
  scenario.manifest.exclusive = exclusive;
  return scenario;
}

PlannedCell MakeCell(const std::string& name, VehicleKind vehicle, std::uint64_t treatment,
                     std::uint64_t no_fault, std::uint64_t positive) {
  PlannedCell cell;
  cell.key = {name, vehicle};
  cell.treatment = treatment;
  cell.no_fault = no_fault;
  cell.positive = positive;
  return cell;
}

RunPlan ThePlan(std::uint64_t seed = 7) {
  RunPlan plan;
  plan.seed = seed;
  plan.scenarios = {MakeScenario("creation", ScenarioKind::kMeasure, true),
                    MakeScenario("null-store", ScenarioKind::kFault),
                    MakeScenario("shared-globals", ScenarioKind::kProbe)};
  plan.cells = {MakeCell("creation", VehicleKind::kFork, 20, 0, 0),
                MakeCell("null-store", VehicleKind::kThread, 299, 20, 6),
                MakeCell("null-store", VehicleKind::kFork, 59, 20, 5),
                MakeCell("shared-globals", VehicleKind::kFork, 3, 2, 2)};
  return plan;
}

// Everything that makes a trial what it is.
using Essence = std::tuple<std::uint64_t, std::uint64_t, CellKey, Arm, Hit, std::uint64_t>;
std::vector<Essence> EssenceOf(const std::vector<Block>& blocks) {
  std::vector<Essence> all;
  for (const Block& block : blocks) {
    for (const TrialPlan& t : block.trials) {
      all.emplace_back(t.id, t.block, t.cell, t.arm, t.hit, t.seed);
    }
  }
  return all;
}

TEST(Schedule, IsAFunctionOfThePlan) {
  EXPECT_EQ(EssenceOf(MakeSchedule(ThePlan())), EssenceOf(MakeSchedule(ThePlan())));
}

TEST(Schedule, AnotherSeedGivesOtherSeedsAndAnotherOrder) {
  const auto one = MakeSchedule(ThePlan(7)), other = MakeSchedule(ThePlan(8));
  const auto arms = [](const std::vector<Block>& blocks) {
    std::vector<Arm> all;
    for (const Block& block : blocks) {
      for (const TrialPlan& trial : block.trials) all.push_back(trial.arm);
    }
    return all;
  };
  EXPECT_NE(arms(one), arms(other));
  std::set<std::uint64_t> seeds;
  for (const auto& blocks : {one, other}) {
    for (const Block& block : blocks) {
      for (const TrialPlan& trial : block.trials) EXPECT_TRUE(seeds.insert(trial.seed).second);
    }
  }
}

TEST(Schedule, EveryPlannedTrialComesExactlyOnce) {
  std::map<CellKey, std::map<Arm, std::uint64_t>> counts;
  for (const Block& block : MakeSchedule(ThePlan())) {
    for (const TrialPlan& trial : block.trials) {
      EXPECT_EQ(trial.cell, block.cell);
      EXPECT_EQ(trial.block, block.id);
      ++counts[trial.cell][trial.arm];
    }
  }
  for (const PlannedCell& cell : ThePlan().cells) {
    EXPECT_EQ(counts[cell.key][Arm::kTreatment], cell.treatment);
    EXPECT_EQ(counts[cell.key][Arm::kNoFault], cell.no_fault);
    EXPECT_EQ(counts[cell.key][Arm::kPositive], cell.positive);
  }
  EXPECT_EQ(counts.size(), ThePlan().cells.size());
}

TEST(Schedule, TrialsAndBlocksAreNumberedFromOneWithoutGaps) {
  std::uint64_t trial = 0, block = 0;
  for (const Block& one : MakeSchedule(ThePlan())) {
    EXPECT_EQ(one.id, ++block);
    EXPECT_FALSE(one.trials.empty());
    for (const TrialPlan& planned : one.trials) EXPECT_EQ(planned.id, ++trial);
  }
}

TEST(Schedule, NoLayoutCarriesMoreThanABlock) {
  std::map<CellKey, std::vector<std::size_t>> sizes;
  for (const Block& block : MakeSchedule(ThePlan())) {
    EXPECT_LE(block.trials.size(), kBlockTrials);
    sizes[block.cell].push_back(block.trials.size());
  }
  const std::vector<std::size_t> quick = sizes[{"null-store", VehicleKind::kThread}];
  EXPECT_GE(quick.size(), 5u);
  EXPECT_LE(*std::ranges::max_element(quick) - *std::ranges::min_element(quick), 1u);
}

TEST(Schedule, ArmsAreMixed) {
  std::vector<Arm> arms;
  for (const Block& block : MakeSchedule(ThePlan())) {
    if (block.cell != CellKey{"null-store", VehicleKind::kFork}) continue;
    for (const TrialPlan& trial : block.trials) arms.push_back(trial.arm);
  }
  std::size_t changes = 0;
  for (std::size_t i = 1; i < arms.size(); ++i) changes += arms[i] != arms[i - 1] ? 1 : 0;
  EXPECT_GT(changes, 10u) << "of at most 50; in order it would be 2";
}

TEST(Schedule, AFaultsBystanderIsHitInEveryWay) {
  std::map<CellKey, std::set<Hit>> hits;
  for (const Block& block : MakeSchedule(ThePlan())) {
    for (const TrialPlan& trial : block.trials) {
      EXPECT_EQ(trial.hit == Hit::kNone, trial.arm != Arm::kPositive);
      if (trial.arm == Arm::kPositive) hits[trial.cell].insert(trial.hit);
    }
  }
  const std::set<Hit> all{Hit::kKill, Hit::kCorrupt, Hit::kStop};
  EXPECT_EQ((hits[{"null-store", VehicleKind::kThread}]), all);
  EXPECT_EQ((hits[{"null-store", VehicleKind::kFork}]), all);
  EXPECT_EQ((hits[{"shared-globals", VehicleKind::kFork}]), std::set<Hit>{Hit::kProbe});
}

TEST(Schedule, ExclusiveBlocksComeLast) {
  const std::vector<Block> blocks = MakeSchedule(ThePlan());
  EXPECT_TRUE(std::ranges::is_sorted(blocks, {}, &Block::exclusive));
  EXPECT_TRUE(blocks.back().exclusive);
  EXPECT_FALSE(blocks.front().exclusive);
}

TEST(Schedule, WhatCannotRunHereIsNotScheduled) {
  RunPlan plan = ThePlan();
  for (PlannedCell& cell : plan.cells) cell.not_applicable = "refused";
  EXPECT_THAT(MakeSchedule(plan), IsEmpty());
}

TEST(Schedule, ALaterCellDoesNotChangeTheOrderOfAnEarlierOne) {
  RunPlan plan = ThePlan();
  plan.cells.resize(2);
  const auto arms = [](const std::vector<Block>& blocks, const CellKey& cell) {
    std::vector<Arm> all;
    for (const Block& block : blocks) {
      for (const TrialPlan& trial : block.trials) {
        if (trial.cell == cell) all.push_back(trial.arm);
      }
    }
    return all;
  };
  const CellKey cell{"null-store", VehicleKind::kThread};
  EXPECT_EQ(arms(MakeSchedule(plan), cell), arms(MakeSchedule(ThePlan()), cell));
}

TEST(Schedule, EveryFifthBlockOfAFaultIsSpreadOverAllProcessors) {
  RunPlan plan = ThePlan();
  plan.cells = {MakeCell("null-store", VehicleKind::kFork, 5 * kBlockTrials, 0, 0)};
  std::vector<bool> spread;
  for (const Block& block : MakeSchedule(plan)) spread.push_back(block.spread);
  EXPECT_THAT(spread, ElementsAre(false, false, false, false, true));
}

TEST(Schedule, WhoActsTogetherHangsOrIsMeasuredIsAlwaysSpread) {
  RunPlan plan = ThePlan();
  plan.scenarios[1].manifest.ends = {{EndKind::kSpinning, 0}};
  plan.scenarios[2].manifest.everyone_acts = true;
  for (const Block& block : MakeSchedule(plan)) EXPECT_TRUE(block.spread) << block.cell.scenario;
}

TEST(Schedule, EverySecondTreatmentTrialOfARaceReplaysTheOneBefore) {
  RunPlan plan = ThePlan();
  plan.scenarios[1].manifest.tags = {"race"};
  std::size_t replays = 0;
  std::set<std::uint64_t> seeds;
  for (const Block& block : MakeSchedule(plan)) {
    const bool race = block.cell.scenario == "null-store";
    std::vector<std::uint64_t> treatments;
    for (const TrialPlan& trial : block.trials) {
      const bool again = race && trial.arm == Arm::kTreatment && treatments.size() % 2 == 1;
      if (again) {
        EXPECT_EQ(trial.seed, treatments.back());
        ++replays;
      } else {
        EXPECT_TRUE(seeds.insert(trial.seed).second) << "only a replay has another trial's seed";
      }
      if (trial.arm == Arm::kTreatment) treatments.push_back(trial.seed);
    }
  }
  EXPECT_GE(replays, (299u + 59u) / 2 - 7u) << "a block may hold one without its replay";
}

TEST(Schedule, ALargeCellHasLargerBlocksNotMore) {
  RunPlan plan = ThePlan();
  plan.cells = {MakeCell("null-store", VehicleKind::kFork, 100'000, 20, 6)};
  EXPECT_LE(MakeSchedule(plan).size(), kEnoughBlocks + 1);
}

// ---- A replay.

RunPlan TheReplay(bool same_layout) {
  RunPlan stored = ThePlan();
  Replay replay{"a run", MakeSchedule(stored).front().trials.back(), 1, same_layout};
  return PlanReplay(stored, replay, stored.scenarios[1], 5);
}

TEST(ReplaySchedule, IsTheTrialAgainAndAgain) {
  const RunPlan plan = TheReplay(false);
  const TrialPlan& of = plan.replay->trial;
  std::uint64_t id = 0;
  for (const Block& block : MakeSchedule(plan)) {
    EXPECT_EQ(block.cpu, 1);
    EXPECT_FALSE(block.spread);
    for (const TrialPlan& trial : block.trials) {
      EXPECT_EQ(trial.id, ++id);
      EXPECT_EQ(trial.block, block.id);
      EXPECT_EQ(std::tie(trial.cell, trial.arm, trial.hit, trial.seed, trial.bystanders),
                std::tie(of.cell, of.arm, of.hit, of.seed, of.bystanders));
    }
  }
  EXPECT_EQ(id, 5u);
}

TEST(ReplaySchedule, GivesEachRepetitionALayoutOfItsOwnUnlessAsked) {
  EXPECT_THAT(MakeSchedule(TheReplay(false)), testing::SizeIs(5));
  EXPECT_THAT(MakeSchedule(TheReplay(true)), testing::SizeIs(1));
}

TEST(ReplaySchedule, OnAllProcessorsIsSpread) {
  RunPlan plan = TheReplay(false);
  plan.replay->cpu = -1;
  EXPECT_TRUE(MakeSchedule(plan).front().spread);
}

TEST(ReplaySchedule, OfWhatCannotRunHereIsEmpty) {
  RunPlan plan = TheReplay(false);
  plan.cells[0].not_applicable = "refused";
  EXPECT_THAT(MakeSchedule(plan), IsEmpty());
}

}  // namespace
}  // namespace bulkhead
