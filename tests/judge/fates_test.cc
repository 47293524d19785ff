#include "harness/judge/fates.h"

#include <gtest/gtest.h>

#include "tests/judge/evidence_builder.h"

namespace bulkhead {
namespace {

using evidence::kHost;
using evidence::Story;

template <typename T>
T As(const Fate& fate) {
  const T* held = std::get_if<T>(&fate);
  EXPECT_NE(held, nullptr) << Describe(fate);
  return held != nullptr ? *held : T{};
}

TEST(Fate, FaultIsExplainedByHandlerAndKernel) {
  const auto fate = As<Signaled>(FateOf(evidence::ContainedCrash(), 0));
  EXPECT_EQ(fate.signal, SIGSEGV);
  EXPECT_EQ(fate.by, Cause::kFault);
  EXPECT_EQ(fate.si_code, 1);
  EXPECT_EQ(fate.address, 0x10u);
}

TEST(Fate, SiKernelIsAFault) {
  const Trial trial = Story(VehicleKind::kFork).Fires().Faults(0, SIGSEGV, 128).Dies(0, SIGSEGV);
  EXPECT_EQ(As<Signaled>(FateOf(trial, 0)).by, Cause::kFault);
}

TEST(Fate, RaiseAndAbortAreItsOwnDoing) {
  const Trial trial = Story(VehicleKind::kFork).Fires().Faults(0, SIGABRT, -6).Dies(0, SIGABRT);
  EXPECT_EQ(As<Signaled>(FateOf(trial, 0)).by, Cause::kSelf);
}

TEST(Fate, KillThatNobodyExplainsStaysUnknown) {
  const Trial trial = Story(VehicleKind::kFork).Fires().Dies(0, SIGKILL);
  EXPECT_EQ(As<Signaled>(FateOf(trial, 0)).by, Cause::kUnknown);
}

TEST(Fate, HandlersRecordOfAnotherSignalExplainsNothing) {
  const Trial trial = Story(VehicleKind::kFork).Fires().Faults(0, SIGSEGV, 1).Dies(0, SIGKILL);
  const auto fate = As<Signaled>(FateOf(trial, 0));
  EXPECT_EQ(fate.by, Cause::kUnknown);
  EXPECT_FALSE(fate.si_code);
}

TEST(Fate, SignalInTheLedgerIsTheSupervisors) {
  const Trial trial = Story(VehicleKind::kFork, Arm::kPositive, Hit::kKill).Killed(1, 1);
  EXPECT_EQ(As<Signaled>(FateOf(trial, 1)).by, Cause::kSupervisor);
}

TEST(Fate, LedgerEntryAfterTheEndExplainsNothing) {
  const Trial trial =
      Story(VehicleKind::kFork).Fires().Dies(0, SIGKILL).Then(0, SignalSent{SIGKILL, "late"});
  EXPECT_EQ(As<Signaled>(FateOf(trial, 0)).by, Cause::kUnknown);
}

TEST(Fate, ExitCode139IsNoSignal) {
  const Trial trial = Story(VehicleKind::kFork).Fires().Exits(0, 139);
  EXPECT_EQ(As<Exited>(FateOf(trial, 0)).code, 139);
}

TEST(Fate, BystanderThatAnsweredIsIntactThoughItExitsLater) {
  As<Intact>(FateOf(evidence::ContainedCrash(), 1));
}

TEST(Fate, BystanderThatAnsweredBeforeTheFaultOnlyIsNotIntact) {
  const Trial trial =
      Story(VehicleKind::kFork).BystandersAnswer().Fires().Faults(0, SIGSEGV, 1).Dies(0, SIGSEGV);
  As<Lost>(FateOf(trial, 1));
}

TEST(Fate, WrongDigestIsCorrupt) {
  const Trial trial = Story(VehicleKind::kFork).Fires().Answers(1, false).Exits(1, 0);
  const auto fate = As<Corrupt>(FateOf(trial, 1));
  EXPECT_EQ(fate.offset, 64u);
  EXPECT_EQ(fate.words, 1u);
}

TEST(Fate, EndBeforeTheAnswerIsDeath) {
  const Trial trial =
      Story(VehicleKind::kFork).Fires().Then(1, Challenged{}).Dies(1, SIGSEGV).Answers(2);
  EXPECT_TRUE(IsDead(FateOf(trial, 1)));
}

TEST(Fate, ExitBeforeTheAnswerIsDeathToo) {
  const Trial trial = Story(VehicleKind::kFork).Fires().Exits(1, 0).Answers(2);
  EXPECT_TRUE(IsDead(FateOf(trial, 1)));
}

TEST(Fate, CrashAfterTheAnswerIsNotTheProtocols) {
  const Trial trial = Story(VehicleKind::kFork).Fires().Answers(1).Dies(1, SIGSEGV);
  EXPECT_TRUE(IsDead(FateOf(trial, 1)));
}

TEST(Fate, SilenceIsStalledThoughTheLadderKillsItLater) {
  const Trial trial = Story(VehicleKind::kFork).Fires().KeepsSilent(1).Killed(1, 1);
  EXPECT_EQ(As<Stalled>(FateOf(trial, 1)).waited, 100 * kMillisecond);
}

TEST(Fate, SilenceOfTheDeadIsDeath) {
  const Trial trial = Story(VehicleKind::kFork).Fires().Dies(1, SIGBUS).KeepsSilent(1);
  EXPECT_EQ(As<Signaled>(FateOf(trial, 1)).signal, SIGBUS);
}

TEST(Fate, HangingVictimIsStalled) {
  const Trial trial = Story(VehicleKind::kFork)
                          .Fires()
                          .Then(0, Doing{'R', 5 * kMillisecond, -1})
                          .Then(0, Silent{kSecond})
                          .BystandersAnswer()
                          .Killed(0, 0);
  As<Stalled>(FateOf(trial, 0));
}

TEST(Fate, UnreapableIsUnkillable) {
  As<Unkillable>(FateOf(Story(VehicleKind::kFork).Fires().KeepsSilent(1).Then(1, NotReaped{}), 1));
}

TEST(Fate, NoEvidenceIsLostNotIntact) {
  EXPECT_FALSE(As<Lost>(FateOf(Story(VehicleKind::kFork).Fires(), 1)).why.empty());
  EXPECT_FALSE(As<Lost>(FateOf(Story(VehicleKind::kFork), 9)).why.empty());
}

TEST(Fate, ClosedChannelAloneIsNoDeath) {
  As<Lost>(FateOf(Story(VehicleKind::kFork).Fires().Then(1, ChannelClosed{}), 1));
  As<Lost>(FateOf(Story(VehicleKind::kFork).Fires().Then(1, ChannelClosed{}).Killed(1, 1), 1));
}

TEST(Fate, ThreadsDieWithTheirProcess) {
  const Trial trial = evidence::CrashThatTakesAll();
  EXPECT_EQ(As<Signaled>(FateOf(trial, 0)).by, Cause::kFault);
  EXPECT_EQ(As<Signaled>(FateOf(trial, 1)).by, Cause::kProcess);
  EXPECT_EQ(As<Signaled>(FateOf(trial, kHost)).signal, SIGSEGV);
}

TEST(Fate, ExitOfAThreadsProcessIsTheVictimsDoing) {
  const Trial trial = Story(VehicleKind::kThread).Fires().Exits(kHost, 0);
  EXPECT_EQ(As<Exited>(FateOf(trial, 0)).by, Cause::kSelf);
  EXPECT_EQ(As<Exited>(FateOf(trial, 1)).by, Cause::kProcess);
}

TEST(Fate, ThreadThatEndsAloneHasNoExitCode) {
  const Trial trial =
      Story(VehicleKind::kThread).Fires().Then(0, TaskGone{}).BystandersAnswer().Exits(kHost, 0);
  EXPECT_FALSE(As<Exited>(FateOf(trial, 0)).code);
  As<Intact>(FateOf(trial, 1));
}

TEST(Fate, BystandersOfAHangingThreadAreIntactThoughTheHostIsKilled) {
  const Trial trial = Story(VehicleKind::kThread)
                          .Fires()
                          .Then(0, Silent{kSecond})
                          .BystandersAnswer()
                          .Killed(kHost, kHost);
  As<Intact>(FateOf(trial, 2));
  As<Stalled>(FateOf(trial, 0));
}

TEST(Fate, VforkVictimEndsAloneItsBystandersAreThreads) {
  const Trial trial = Story(VehicleKind::kVfork)
                          .Fires()
                          .Faults(0, SIGSEGV, 1)
                          .Dies(0, SIGSEGV)
                          .BystandersAnswer()
                          .Exits(kHost, 0);
  EXPECT_EQ(As<Signaled>(FateOf(trial, 0)).by, Cause::kFault);
  As<Intact>(FateOf(trial, 1));
}

TEST(Fate, VictimOfAnotherThreadsFaultEndsByItsProcess) {
  const Trial trial =
      Story(VehicleKind::kThread).Fires().Faults(1, SIGSEGV, 1).Dies(kHost, SIGSEGV);
  EXPECT_EQ(As<Signaled>(FateOf(trial, 0)).by, Cause::kProcess);
  EXPECT_EQ(As<Signaled>(FateOf(trial, 1)).by, Cause::kFault);
}

TEST(Fate, ObservationsOfUnknownUnitsAreIgnored) {
  const Trial trial = Story(VehicleKind::kFork).Fires().Then(4'000'000, Ended{}).Answers(1);
  As<Intact>(FateOf(trial, 1));
}

TEST(FateOf, SignalThatWasSentHasNoAddress) {
  const Trial trial = Story(VehicleKind::kFork).Fires().Faults(0, SIGABRT, -6).Dies(0, SIGABRT);
  const Fate fate = FateOf(trial, 0);
  EXPECT_FALSE(std::get<Signaled>(fate).address);
  EXPECT_EQ(std::get<Signaled>(fate).si_code, -6);
}

}  // namespace
}  // namespace bulkhead
