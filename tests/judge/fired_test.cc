#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/judge/fates.h"
#include "tests/judge/evidence_builder.h"

namespace bulkhead {
namespace {

using evidence::Fault;
using evidence::kHost;
using evidence::Story;
using testing::ElementsAre;
using testing::HasSubstr;

bool HasFired(const Manifest& manifest, const Trial& trial) {
  const Fired fired = FiredOf(manifest, trial);
  const bool yes = fired.state == Fired::State::kFired;
  EXPECT_EQ(yes, fired.why_not.empty());
  EXPECT_EQ(yes, fired.confirmed_by.size() >= 2);
  return yes;
}

TEST(Fired, SignalIsConfirmedByThreeChannels) {
  const Fired fired = FiredOf(Fault(), evidence::ContainedCrash());
  EXPECT_EQ(fired.state, Fired::State::kFired);
  EXPECT_THAT(fired.confirmed_by, ElementsAre("token", "handler", "kernel"));
}

TEST(Fired, TokenAndKernelSufficeWhenTheHandlerIsGone) {
  const Trial trial = Story(VehicleKind::kFork).Fires().Dies(0, SIGSEGV);
  EXPECT_THAT(FiredOf(Fault(), trial).confirmed_by, ElementsAre("token", "kernel"));
}

TEST(Fired, DeathWithoutTheTokenIsVoid) {
  const Trial trial = Story(VehicleKind::kFork).Then(0, Armed{}).Dies(0, SIGSEGV);
  const Fired fired = FiredOf(Fault(), trial);
  EXPECT_EQ(fired.state, Fired::State::kVoid);
  EXPECT_EQ(fired.why_not, "the victim never fired");
}

TEST(Fired, TokenAloneIsVoid) {
  EXPECT_FALSE(HasFired(Fault(), Story(VehicleKind::kFork).Fires()));
}

TEST(Fired, OtherSignalIsVoidAndSaysWhich) {
  const Trial trial = Story(VehicleKind::kFork).Fires().Dies(0, SIGTERM);
  EXPECT_EQ(FiredOf(Fault(), trial).why_not, "the victim ended by SIGTERM, expected SIGSEGV");
}

TEST(Fired, ExitCode139IsNotSigsegv) {
  EXPECT_FALSE(HasFired(Fault(), Story(VehicleKind::kFork).Fires().Exits(0, 139)));
}

TEST(Fired, ThreadsFaultShowsInItsProcess) {
  EXPECT_TRUE(HasFired(Fault(), evidence::CrashThatTakesAll()));
}

TEST(Fired, AnotherThreadsFaultIsNotTheVictims) {
  const Trial trial =
      Story(VehicleKind::kThread).Fires().Faults(1, SIGSEGV, 1).Dies(kHost, SIGSEGV);
  EXPECT_FALSE(HasFired(Fault(), trial));
}

TEST(Fired, KillBySupervisorIsNotTheFault) {
  const Manifest kill = Fault({{EndKind::kSignal, SIGKILL}});
  EXPECT_TRUE(HasFired(kill, Story(VehicleKind::kFork).Fires().Dies(0, SIGKILL)));
  EXPECT_FALSE(HasFired(kill, Story(VehicleKind::kFork).Fires().Killed(0, 0)));
}

TEST(Fired, SupervisorsOwnTermIsNotTheFault) {
  const Manifest term = Fault({{EndKind::kSignal, SIGTERM}});
  Story story(VehicleKind::kFork);
  story.Fires().Then(0, SignalSent{SIGTERM, "stop ladder"}).Faults(0, SIGTERM, SI_USER);
  EXPECT_FALSE(HasFired(term, story.Dies(0, SIGTERM)));
}

TEST(Fired, ExitCounts) {
  const Manifest leave = Fault({{EndKind::kExit, 0}});
  EXPECT_TRUE(HasFired(leave, Story(VehicleKind::kFork).Fires().Exits(0, 0).BystandersAnswer()));
  EXPECT_TRUE(HasFired(leave, Story(VehicleKind::kThread).Fires().Exits(kHost, 0)));
  EXPECT_FALSE(HasFired(leave, Story(VehicleKind::kFork).Fires().Exits(0, 3)));
}

TEST(Fired, ExitByProtocolIsNotTheAct) {
  const Manifest leave = Fault({{EndKind::kExit, 0}});
  EXPECT_FALSE(HasFired(
      leave, Story(VehicleKind::kFork).Fires().Then(0, Returned{}).Answers(0).Exits(0, 0)));
  EXPECT_FALSE(
      HasFired(leave, Story(VehicleKind::kThread).Fires().BystandersAnswer().Exits(kHost, 0)));
}

TEST(Fired, ThreadExitIsSeenByTheKernel) {
  const Manifest leave = Fault({{EndKind::kThread, 0}, {EndKind::kExit, 0}});
  EXPECT_TRUE(HasFired(
      leave,
      Story(VehicleKind::kThread).Fires().Then(0, TaskGone{}).BystandersAnswer().Exits(kHost, 0)));
  EXPECT_TRUE(HasFired(leave, Story(VehicleKind::kFork).Fires().Exits(0, 0)));
}

TEST(Fired, StoreThatReturnsMustBeInMemory) {
  const Manifest store = Fault({{EndKind::kReturn, 0}});
  Story story(VehicleKind::kThread);
  story.Fires().Then(0, Returned{});
  EXPECT_TRUE(HasFired(store, story));
  EXPECT_FALSE(HasFired(store, Story(story).Then(0, TargetRead{false})));
  EXPECT_THAT(FiredOf(store, Story(story).Then(0, TargetRead{true})).confirmed_by,
              ElementsAre("token", "returned", "memory"));
}

TEST(Fired, SpinningBurnsCpuTime) {
  const Manifest spin = Fault({{EndKind::kSpinning, 0}});
  const auto doing = [](Nanoseconds cpu) {
    return Story(VehicleKind::kFork).Fires().Then(0, Doing{'R', cpu, -1}).Killed(0, 0);
  };
  EXPECT_TRUE(HasFired(spin, doing(2 * kMillisecond)));
  EXPECT_FALSE(HasFired(spin, doing(100 * kMicrosecond)));
  EXPECT_FALSE(HasFired(spin, doing(2 * kMillisecond).Then(0, Returned{})));
}

TEST(Fired, SpinningThreadMayOutlastTheRelease) {
  const Manifest spin = Fault({{EndKind::kSpinning, 0}});
  EXPECT_TRUE(HasFired(spin, Story(VehicleKind::kThread)
                                 .Fires()
                                 .Then(0, Doing{'R', kSecond, -1})
                                 .BystandersAnswer()
                                 .Exits(kHost, 0)));
}

TEST(Fired, BlockedSleepsInASystemCall) {
  const Manifest lock = Fault({{EndKind::kBlocked, 0}});
  const auto doing = [](char state, std::int64_t call) {
    return Story(VehicleKind::kFork).Fires().Then(0, Doing{state, 0, call}).Killed(0, 0);
  };
  EXPECT_TRUE(HasFired(lock, doing('S', 202)));
  EXPECT_TRUE(HasFired(lock, doing('D', 0)));
  EXPECT_FALSE(HasFired(lock, doing('S', -1)));
  EXPECT_FALSE(HasFired(lock, doing('R', 202)));
}

TEST(Fired, StoppedIsAStateOfItsOwn) {
  const Manifest stop = Fault({{EndKind::kStopped, 0}});
  const auto doing = [](char state) {
    return Story(VehicleKind::kFork).Fires().Then(0, Doing{state, 0, -1}).Killed(0, 0);
  };
  EXPECT_TRUE(HasFired(stop, doing('T')));
  EXPECT_FALSE(HasFired(stop, doing('S')));
  EXPECT_FALSE(HasFired(stop, doing('T').Then(0, Returned{})));
}

TEST(Fired, AHangMayTakeItsSiblingsAlong) {
  const Manifest spin = Fault({{EndKind::kSpinning, 0}});
  EXPECT_TRUE(HasFired(spin, Story(VehicleKind::kThread)
                                 .Fires()
                                 .Then(0, Doing{'R', kSecond, -1})
                                 .Then(1, Silent{kSecond})
                                 .Then(2, Silent{kSecond})
                                 .Exits(kHost, 0)));
}

TEST(Fired, AKillForWantOfMemoryHasTheCgroupsWord) {
  const Manifest kill = Fault({{EndKind::kSignal, SIGKILL}});
  Story story(VehicleKind::kCgroup);
  story.Fires().Dies(0, SIGKILL);
  EXPECT_THAT(FiredOf(kill, story).confirmed_by, ElementsAre("token", "kernel"));
  EXPECT_THAT(FiredOf(kill, story.Then(0, OomKilled{1})).confirmed_by,
              ElementsAre("token", "kernel", "cgroup"));
}

TEST(Fired, EveryoneMustAct) {
  Manifest race = evidence::Probe();
  race.everyone_acts = true;
  Story story(VehicleKind::kThread);
  story.Fires(0).Fires(1).Then(0, Returned{}).Then(1, Returned{});
  EXPECT_THAT(FiredOf(race, story).why_not, HasSubstr("bystander 2 never fired"));
  EXPECT_FALSE(HasFired(race, story.Fires(2)));
  EXPECT_TRUE(HasFired(race, story.Then(2, Returned{})));
}

TEST(Fired, NoFaultControlNeverFires) {
  EXPECT_FALSE(HasFired(Fault(), evidence::NoFault(VehicleKind::kFork)));
}

TEST(Fired, ScenarioWithoutEndsIsUnknown) {
  EXPECT_EQ(FiredOf(Fault({}), evidence::ContainedCrash()).state, Fired::State::kUnknown);
}

}  // namespace
}  // namespace bulkhead
