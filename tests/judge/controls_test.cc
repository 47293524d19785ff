#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/judge/fates.h"
#include "tests/judge/evidence_builder.h"

namespace bulkhead {
namespace {

using evidence::Fault;
using evidence::kHost;
using evidence::Probe;
using evidence::Story;
using testing::Eq;
using testing::HasSubstr;
using testing::Not;

Story Positive(Hit hit, VehicleKind vehicle = VehicleKind::kFork) {
  return Story(vehicle, Arm::kPositive, hit);
}

TEST(NoFaultControl, EverybodyMustBeIntact) {
  EXPECT_THAT(ControlFailure(Fault(), evidence::NoFault(VehicleKind::kFork)), Eq(""));
  EXPECT_THAT(ControlFailure(Fault(), evidence::NoFault(VehicleKind::kThread)), Eq(""));
  Story story(VehicleKind::kFork, Arm::kNoFault);
  story.BystandersAnswer();
  EXPECT_THAT(ControlFailure(Fault(), Story(story).Dies(0, SIGSEGV)), HasSubstr("victim"));
  EXPECT_THAT(ControlFailure(Fault(), Story(story).Answers(0, false)), HasSubstr("corrupt"));
  EXPECT_THAT(ControlFailure(Fault(), story), HasSubstr("lost"));
}

TEST(NoFaultControl, FailureIsASentence) {
  const auto failure = [](Story story) { return ControlFailure(Fault(), story); };
  Story story(VehicleKind::kFork, Arm::kNoFault);
  EXPECT_EQ(failure(Story(story).Answers(0).Exits(1, 3).Answers(2)),
            "nothing was done, and bystander 1 exited 3 (self)");
  EXPECT_EQ(failure(Story(story).Answers(0, false).BystandersAnswer()),
            "nothing was done, and the victim is corrupt at 0x40, 1 word");
}

TEST(NoFaultControl, FiringWithoutOrderIsAFailure) {
  const Trial trial =
      Story(VehicleKind::kFork, Arm::kNoFault).Fires().BystandersAnswer().Answers(0);
  EXPECT_THAT(ControlFailure(Fault(), trial), HasSubstr("fired"));
}

TEST(NoFaultControl, ProbeMustSeeNothingForeign) {
  const auto reading = [](std::uint32_t owner) {
    return Story(VehicleKind::kThread, Arm::kNoFault)
        .BystandersAnswer()
        .Answers(0)
        .ReadsTokenOf(1, "global", owner);
  };
  EXPECT_THAT(ControlFailure(Probe(), reading(1)), Eq(""));
  EXPECT_THAT(ControlFailure(Probe(), reading(0)), HasSubstr("another's doing"));
  EXPECT_THAT(ControlFailure(Probe(), Story(reading(1)).Reads(2, "global", 3)),
              HasSubstr("no unit wrote"));
}

TEST(NoFaultControl, UnitsThatTakeTurnsLoseNothing) {
  const auto turns = [](std::uint64_t total) {
    Story story(VehicleKind::kThread, Arm::kNoFault);
    for (std::uint32_t unit = 0; unit < 3; ++unit) story.Fires(unit).Then(unit, Returned{});
    for (std::uint32_t unit : {1u, 2u, 0u}) story.Answers(unit).Counts(unit, 0, 10, total);
    return story;
  };
  Manifest race = Probe();
  race.everyone_acts = true;
  EXPECT_THAT(ControlFailure(race, turns(30)), Eq(""));
  EXPECT_THAT(ControlFailure(race, turns(29)), HasSubstr("updates were lost"));
}

TEST(PositiveControl, KilledMustBeReportedDead) {
  EXPECT_THAT(ControlFailure(Fault(), evidence::KillControl(VehicleKind::kFork)), Eq(""));
  EXPECT_THAT(ControlFailure(Fault(), evidence::KillControl(VehicleKind::kThread)), Eq(""));
  EXPECT_THAT(ControlFailure(Fault(), Positive(Hit::kKill).BystandersAnswer()),
              HasSubstr("bystander 1 was killed and reported intact"));
  // The end of the thread alone is not what was done.
  EXPECT_THAT(
      ControlFailure(
          Fault(),
          Positive(Hit::kKill, VehicleKind::kThread).Then(1, TaskGone{}).Answers(2).Answers(0)),
      Not(Eq("")));
}

TEST(PositiveControl, BrokenCanaryMustBeReportedCorrupt) {
  EXPECT_THAT(ControlFailure(Fault(), Positive(Hit::kCorrupt).Answers(1, false)), Eq(""));
  EXPECT_THAT(ControlFailure(Fault(), evidence::BlindControl(VehicleKind::kFork)),
              HasSubstr("reported intact"));
  EXPECT_THAT(ControlFailure(Fault(), Positive(Hit::kCorrupt).Dies(1, SIGSEGV)), Not(Eq("")));
}

TEST(PositiveControl, StoppedMustBeReportedStalled) {
  Story story = Positive(Hit::kStop).Then(1, SignalSent{SIGSTOP, "positive control"});
  EXPECT_THAT(ControlFailure(Fault(), Story(story).KeepsSilent(1).Killed(1, 1)), Eq(""));
  EXPECT_THAT(ControlFailure(Fault(), Story(story).Answers(1)), Not(Eq("")));
}

TEST(PositiveControl, HitProbeMustReadForeign) {
  EXPECT_THAT(ControlFailure(Probe(), Positive(Hit::kProbe).ReadsTokenOf(1, "global", 0)), Eq(""));
  EXPECT_THAT(ControlFailure(Probe(), Positive(Hit::kProbe).ReadsTokenOf(1, "global", 1)),
              Not(Eq("")));
  EXPECT_THAT(ControlFailure(Probe(), Positive(Hit::kProbe).ReadsTokenOf(2, "global", 0)),
              Not(Eq("")));
}

TEST(PositiveControl, HitCounterMustBeWrong) {
  const auto race = [](std::uint64_t added) {
    return Positive(Hit::kProbe).Counts(1, 0, added, 10).Counts(2, 0, 10, 10).Counts(0, 0, 10, 10);
  };
  EXPECT_THAT(ControlFailure(Probe(), race(11)), Eq(""));
  EXPECT_THAT(ControlFailure(Probe(), race(10)), HasSubstr("exact"));
}

TEST(PositiveControl, WithoutAPlannedHitIsAFailure) {
  EXPECT_THAT(ControlFailure(Fault(), Positive(Hit::kNone).BystandersAnswer()), Not(Eq("")));
  EXPECT_THAT(ControlFailure(Fault(), evidence::ContainedCrash()), Not(Eq("")));
}

}  // namespace
}  // namespace bulkhead
