// Axes and lanes: what is drawn where.
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <pugixml.hpp>

#include "reports/charts/lanes.h"
#include "reports/charts/scale.h"
#include "reports/text.h"
#include "tests/reports/sample_report.h"

namespace bulkhead::charts {
namespace {

TEST(Scale, MoreIsFurtherRightOnEveryAxis) {
  const Scale axes[] = {Scale::Fraction(10, 110), Scale::Log(0.001, 50, 10, 110, false),
                        Scale::Log(3, 4, 10, 110, true), Scale::BothWays(-5e5, 1e8, 1e3, 10, 110)};
  for (const Scale& axis : axes) {
    double before = -1;
    for (const double value : {-1e9, -1e4, -1.0, 0.0, 0.0005, 0.01, 0.5, 3.5, 1e3, 1e6, 1e12}) {
      EXPECT_GE(axis(value), before);
      EXPECT_GE(axis(value), 10);
      EXPECT_LE(axis(value), 110);
      before = axis(value);
    }
  }
}

TEST(Scale, ZeroHasAPlaceOfItsOwnBeyondAGap) {
  const Scale axis = Scale::Log(0.001, 1, 0, 100, true);
  EXPECT_EQ(axis(0), 0);
  EXPECT_GT(axis.gap(), 0);
  EXPECT_GE(axis(1e-12), axis.gap());
}

TEST(Scale, EqualFactorsAreEqualSteps) {
  const Scale axis = Scale::Log(1, 1e6, 0, 600, false);
  EXPECT_NEAR(axis(1e4) - axis(1e3), axis(10) - axis(1), 1e-9);
  EXPECT_NEAR(axis(1e6), 600, 1e-9);
}

TEST(Scale, TicksLieWhereTheirValuesLie) {
  for (const Scale& axis : {Scale::Log(0.02, 7, 0, 100, true), Scale::Log(8e3, 2e9, 0, 100, false),
                            Scale::BothWays(-2e4, 3e5, 1e3, 0, 100)}) {
    EXPECT_GE(axis.ticks().size(), 3u);
    for (const Tick& tick : axis.ticks()) EXPECT_EQ(tick.at, axis(tick.value));
  }
}

TEST(Scale, WhatIsBeforeTheFaultTakesAQuarterAtMost) {
  EXPECT_LE(Scale::BothWays(-1e12, 1e4, 1e3, 0, 100)(0), 25);
  EXPECT_EQ(Scale::BothWays(0, 1e4, 1e3, 0, 100)(0), 0);
}

// ---- Lanes.

TEST(Lanes, ZeroIsTheActOfTheVictim) {
  const Lanes lanes =
      LanesOf(sample::CrashTrial(5, {"null-store", VehicleKind::kFork}, false), Translator());
  EXPECT_TRUE(lanes.acted);
  ASSERT_EQ(lanes.lanes.size(), 3u);
  for (const Mark& mark : lanes.lanes[0].marks) {
    if (mark.sign == Sign::kAct) {
      EXPECT_EQ(mark.at, 0);
    }
  }
}

TEST(Lanes, ForkedUnitsAreProcessesOfTheirOwnAndThreadsAreNot) {
  const Lanes forked =
      LanesOf(sample::CrashTrial(5, {"null-store", VehicleKind::kFork}, false), Translator());
  EXPECT_NE(forked.lanes[0].process, forked.lanes[1].process);
  EXPECT_FALSE(forked.shared_memory);
  const Lanes threads =
      LanesOf(sample::CrashTrial(5, {"null-store", VehicleKind::kThread}, true), Translator());
  ASSERT_EQ(threads.lanes.size(), 4u);  // and the host
  for (const Lane& lane : threads.lanes) EXPECT_EQ(lane.process, threads.lanes[0].process);
  EXPECT_FALSE(threads.shared_memory);  // one process has nobody to share with
  EXPECT_TRUE(
      LanesOf(sample::CrashTrial(5, {"null-store", VehicleKind::kCloneVm}, true), Translator())
          .shared_memory);
}

TEST(Lanes, LanesOfAProcessAreSideBySide) {
  for (const VehicleTraits& vehicle : AllVehicles()) {
    const Lanes lanes = LanesOf(sample::CrashTrial(5, {"x", vehicle.kind}, false), Translator());
    EXPECT_EQ(lanes.lanes.size(), vehicle.has_host ? 4u : 3u) << vehicle.name;
    std::map<std::uint32_t, std::size_t> last;
    for (std::size_t i = 0; i < lanes.lanes.size(); ++i) {
      const auto [at, fresh] = last.emplace(lanes.lanes[i].process, i);
      if (!fresh) {
        EXPECT_EQ(at->second + 1, i) << vehicle.name;
      }
      at->second = i;
    }
  }
}

TEST(Lanes, AThreadEndsWithItsProcess) {
  Trial trial = sample::MakeTrial(1, {"abort", VehicleKind::kThread},
                                  {{10, 3, Ready{1}},
                                   {20, 0, Ready{2}},
                                   {30, 0, Firing{}},
                                   {90, 3, Ended{true, SIGABRT, false, 0, 0, 0}},
                                   {95, 1, Challenged{}}});
  for (const Lane& lane : LanesOf(trial, Translator()).lanes) {
    ASSERT_TRUE(lane.end) << lane.name;
    EXPECT_EQ(*lane.end, 60) << lane.name;
  }
}

TEST(Lanes, WaitingInVainIsAGapUpToTheDeadline) {
  Trial trial = sample::MakeTrial(
      1, {"spin", VehicleKind::kFork},
      {{0, 1, Ready{1}}, {50, 0, Firing{}}, {60, 1, Challenged{}}, {160, 1, Silent{100}}});
  const Lane lane = LanesOf(trial, Translator()).lanes[1];
  ASSERT_EQ(lane.silent.size(), 1u);
  EXPECT_EQ(lane.silent[0].from, 10);
  EXPECT_EQ(lane.silent[0].to, 110);
}

TEST(Lanes, UnitsThatTheTrialDoesNotHaveAreIgnored) {
  Trial trial = sample::MakeTrial(1, {"x", VehicleKind::kFork}, {{5, 4'000'000'000U, Armed{}}});
  EXPECT_EQ(LanesOf(trial, Translator()).lanes.size(), 3u);
}

// Each label is estimated to be as wide as the program thinks it is at most.
TEST(Lanes, NoLabelRunsIntoAnother) {
  for (const VehicleTraits& vehicle : AllVehicles()) {
    const Figure figure =
        TrialLanes(RunReport{}, sample::EveryEvent(17, {"x", vehicle.kind}), "t", Translator());
    pugi::xml_document document;
    ASSERT_TRUE(document.load_string(figure.inline_svg.c_str()));
    struct Box {
      double left, right;
    };
    std::map<double, std::vector<Box>> lines;
    for (const auto& found : document.select_nodes("//text[@class='c-halo']")) {
      const pugi::xml_node text = found.node();
      const double x = text.attribute("x").as_double();
      const double width = WidthOf(text.text().get());
      const bool leftward = std::string(text.attribute("text-anchor").value()) == "end";
      const Box box{leftward ? x - width : x, leftward ? x : x + width};
      EXPECT_LE(box.right, kWidth);
      for (const Box& other : lines[text.attribute("y").as_double()]) {
        EXPECT_TRUE(box.left >= other.right || box.right <= other.left) << vehicle.name;
      }
      lines[text.attribute("y").as_double()].push_back(box);
    }
    EXPECT_GE(lines.size(), 3u);
  }
}

}  // namespace
}  // namespace bulkhead::charts
