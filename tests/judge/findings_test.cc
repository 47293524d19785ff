#include "harness/judge/findings.h"

#include <gtest/gtest.h>

#include "harness/judge/fates.h"
#include "tests/judge/evidence_builder.h"

namespace bulkhead {
namespace {

using evidence::kHost;
using evidence::Story;

Experiment LookingFor(Finding finding, std::vector<std::string> readings = {}) {
  Experiment experiment;
  experiment.finding = finding;
  experiment.readings = std::move(readings);
  return experiment;
}

bool Shown(Finding finding, const Trial& trial, const Manifest& manifest = evidence::Fault()) {
  return Shows(LookingFor(finding), manifest, trial);
}

// The four findings about bystanders: died, stopped, damaged, affected.
std::string Marks(const Trial& trial) {
  std::string marks;
  for (const Finding finding : {Finding::kBystanderDied, Finding::kBystanderStopped,
                                Finding::kBystanderDamaged, Finding::kBystanderAffected}) {
    marks += Shown(finding, trial) ? 'x' : '-';
  }
  return marks;
}

TEST(Finding, UntouchedBystandersShowNothing) {
  EXPECT_EQ(Marks(evidence::ContainedCrash()), "----");
}

TEST(Finding, DeadBystanderDiedAndStopped) {
  EXPECT_EQ(Marks(evidence::CrashThatTakesAll()), "xx-x");
}

TEST(Finding, SilentBystanderStopped) {
  EXPECT_EQ(Marks(Story(VehicleKind::kFork).Fires().Answers(1).KeepsSilent(2).Killed(2, 2)),
            "-x-x");
}

TEST(Finding, BrokenCanaryIsDamage) {
  EXPECT_EQ(Marks(Story(VehicleKind::kFork).Fires().Answers(1, false).Answers(2)), "--xx");
}

TEST(Finding, VictimIsNoBystander) {
  EXPECT_EQ(Marks(Story(VehicleKind::kFork).Fires().BystandersAnswer().Answers(0, false)), "----");
}

TEST(Finding, DamageIsSilentOnlyWhileEverybodyLivesAndActs) {
  Story story(VehicleKind::kThread);
  story.Fires().Then(0, Returned{}).Answers(1, false).Answers(2);
  EXPECT_TRUE(Shown(Finding::kSilentDamage, Story(story).Answers(0).Exits(kHost, 0)));
  EXPECT_FALSE(Shown(Finding::kSilentDamage, Story(story).KeepsSilent(0).Killed(0, kHost)));
  EXPECT_FALSE(Shown(Finding::kSilentDamage, Story(story).Dies(kHost, SIGABRT)));
  const Trial none = Story(VehicleKind::kThread).Fires().BystandersAnswer().Answers(0);
  EXPECT_FALSE(Shown(Finding::kSilentDamage, none));
}

TEST(Finding, ThreadOutlivesOnlyByAnsweringAfterTheEnd) {
  Story before(VehicleKind::kThread), after(VehicleKind::kThread);
  before.Fires().BystandersAnswer().Exits(kHost, 0);
  after.Fires().Exits(kHost, 0).BystandersAnswer();
  EXPECT_FALSE(Shown(Finding::kThreadOutlived, before));
  EXPECT_TRUE(Shown(Finding::kThreadOutlived, after));
  EXPECT_FALSE(Shown(Finding::kThreadOutlived,
                     Story(VehicleKind::kThread).Fires().Exits(kHost, 0).KeepsSilent(1)));
  // Processes that outlive each other are no threads.
  EXPECT_FALSE(Shown(Finding::kThreadOutlived,
                     Story(VehicleKind::kPidns).Fires().Exits(kHost, 0).BystandersAnswer()));
}

// ---- Readings.

Story Acted(VehicleKind vehicle = VehicleKind::kThread) {
  return Story(vehicle).Fires().Then(0, Returned{});
}

Look LookAt(const Experiment& experiment, const Trial& trial) {
  const Manifest probe = evidence::Probe();
  return LookFor(experiment, Examined(probe, trial));
}

TEST(Reading, OwnTokenIsMissedAnothersIsSeen) {
  const Trial own = Acted().ReadsTokenOf(1, "global", 1);
  const Trial foreign = Acted().ReadsTokenOf(1, "global", 0);
  EXPECT_FALSE(LookAt(LookingFor(Finding::kForeignSeen), own).shown);
  EXPECT_TRUE(LookAt(LookingFor(Finding::kForeignMissed), own).shown);
  EXPECT_TRUE(LookAt(LookingFor(Finding::kForeignSeen), foreign).shown);
  EXPECT_FALSE(LookAt(LookingFor(Finding::kForeignMissed), foreign).shown);
}

TEST(Reading, WhatIsGoneWasUndoneBySomebody) {
  const Trial trial = Acted().Then(1, Reading{"descriptor", 0, true});
  EXPECT_TRUE(LookAt(LookingFor(Finding::kForeignSeen), trial).shown);
}

TEST(Reading, UnexplainedValueMakesTheTrialUnclear) {
  const Trial trial = Acted().Reads(1, "global", 12345);
  for (const Finding finding : {Finding::kForeignSeen, Finding::kForeignMissed}) {
    EXPECT_FALSE(LookAt(LookingFor(finding), trial).unclear.empty());
    EXPECT_FALSE(Shows(LookingFor(finding), evidence::Probe(), trial));
  }
}

TEST(Reading, WithoutAnyNothingIsKnown) {
  EXPECT_FALSE(LookAt(LookingFor(Finding::kForeignSeen), Acted()).unclear.empty());
  EXPECT_FALSE(LookAt(LookingFor(Finding::kRegionShared), Acted()).unclear.empty());
}

TEST(Reading, OnlyTheNamedOnesCount) {
  const Trial trial = Acted().ReadsTokenOf(1, "heap", 0).ReadsTokenOf(1, "global", 1);
  EXPECT_FALSE(LookAt(LookingFor(Finding::kForeignSeen, {"global"}), trial).shown);
  EXPECT_TRUE(LookAt(LookingFor(Finding::kForeignSeen, {"heap"}), trial).shown);
  EXPECT_FALSE(LookAt(LookingFor(Finding::kForeignSeen, {"mmap"}), trial).unclear.empty());
}

TEST(Reading, WhatAProcessOwnsIsMisplacedInAnotherAndMissingInItsThreads) {
  const Experiment misplaced = LookingFor(Finding::kMisplaced);
  const auto reads = [](VehicleKind vehicle, std::uint32_t whose) {
    return Acted(vehicle).ReadsTokenOf(1, "umask", whose);
  };
  EXPECT_TRUE(LookAt(misplaced, reads(VehicleKind::kFork, 0)).shown);
  EXPECT_FALSE(LookAt(misplaced, reads(VehicleKind::kFork, 1)).shown);
  EXPECT_FALSE(LookAt(misplaced, reads(VehicleKind::kThread, 0)).shown);
  EXPECT_TRUE(LookAt(misplaced, reads(VehicleKind::kThread, 1)).shown);
}

TEST(Reading, WhatWasPassedOnPurposeIsMisplacedWhereItDoesNotArrive) {
  const Experiment misplaced = LookingFor(Finding::kMisplaced);
  for (const char* name : {"via-pipe", "shared-memfd"}) {
    EXPECT_FALSE(LookAt(misplaced, Acted(VehicleKind::kFork).ReadsTokenOf(1, name, 0)).shown);
    EXPECT_TRUE(LookAt(misplaced, Acted(VehicleKind::kFork).ReadsTokenOf(1, name, 1)).shown);
  }
  EXPECT_FALSE(LookAt(misplaced, Acted().Reads(1, "via-pipe", 12345)).unclear.empty());
  EXPECT_FALSE(LookAt(misplaced, Acted()).unclear.empty());
}

TEST(Reading, TheWayBackBelongsToItsName) {
  const Trial trial = Acted().ReadsTokenOf(1, "global", 1).ReadsTokenOf(0, "global-back", 2);
  EXPECT_TRUE(LookAt(LookingFor(Finding::kForeignSeen, {"global"}), trial).shown);
  EXPECT_FALSE(LookAt(LookingFor(Finding::kForeignSeen, {"glob"}), trial).shown);
}

TEST(Reading, FromBeforeTheActionTellsNothing) {
  const Trial trial = Story(VehicleKind::kThread).ReadsTokenOf(1, "global", 0).Fires();
  EXPECT_FALSE(LookAt(LookingFor(Finding::kForeignSeen), trial).unclear.empty());
}

TEST(Region, OverlapIsSharedWhereMemoryIsShared) {
  const auto stacks = [](VehicleKind vehicle, std::uint64_t second) {
    return Acted(vehicle)
        .Then(1, Region{"stack", 0x1000, 0x100})
        .Then(2, Region{"stack", second, 16});
  };
  const Experiment shared = LookingFor(Finding::kRegionShared);
  EXPECT_TRUE(LookAt(shared, stacks(VehicleKind::kThread, 0x10ff)).shown);
  EXPECT_FALSE(LookAt(shared, stacks(VehicleKind::kThread, 0x1100)).shown);
  EXPECT_FALSE(LookAt(shared, stacks(VehicleKind::kFork, 0x1000)).shown);
  EXPECT_TRUE(
      LookAt(shared, stacks(VehicleKind::kThread, 0x2000).ReadsTokenOf(1, "local", 2)).shown);
}

TEST(Region, NeitherOwnNorOtherNamesOverlap) {
  const Trial trial = Acted()
                          .Then(1, Region{"stack", 0x1000, 0x100})
                          .Then(1, Region{"stack", 0x1000, 0x100})
                          .Then(2, Region{"heap", 0x1000, 0x100});
  EXPECT_FALSE(LookAt(LookingFor(Finding::kRegionShared), trial).shown);
}

TEST(Updates, SharedCounterMustBeTheSumOfAll) {
  const auto race = [](std::uint64_t total) {
    return Acted().Counts(1, 5, 100, total).Counts(2, 5, 100, total).Counts(0, 5, 100, total);
  };
  EXPECT_FALSE(LookAt(LookingFor(Finding::kUpdatesLost), race(305)).shown);
  EXPECT_TRUE(LookAt(LookingFor(Finding::kUpdatesLost), race(304)).shown);
}

TEST(Updates, PrivateCountersAreEachTheirOwn) {
  const auto race = [](std::uint64_t second) {
    return Acted(VehicleKind::kFork)
        .Counts(1, 5, 100, 105)
        .Counts(2, 5, 100, second)
        .Counts(0, 5, 100, 105);
  };
  EXPECT_FALSE(LookAt(LookingFor(Finding::kUpdatesLost), race(105)).shown);
  EXPECT_TRUE(LookAt(LookingFor(Finding::kUpdatesLost), race(104)).shown);
}

TEST(Updates, SharedMappingMakesProcessesOneGroup) {
  Manifest manifest = evidence::Probe();
  manifest.shared_mapping = true;
  const Trial trial =
      Acted(VehicleKind::kFork).Counts(1, 0, 10, 30).Counts(2, 0, 10, 30).Counts(0, 0, 10, 30);
  EXPECT_FALSE(Shown(Finding::kUpdatesLost, trial, manifest));
  EXPECT_TRUE(Shown(Finding::kUpdatesLost, trial));
}

TEST(Updates, MissingReportIsUnclear) {
  const Trial trial = Acted().Counts(1, 0, 10, 20).Counts(0, 0, 10, 20);
  EXPECT_FALSE(LookAt(LookingFor(Finding::kUpdatesLost), trial).unclear.empty());
}

}  // namespace
}  // namespace bulkhead
