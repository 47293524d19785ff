// The supervisor against units that misbehave: what it reports, that it survives, that the next
// trial works, and that nothing is left.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>

#include "harness/supervisor/preflight.h"
#include "tests/supervisor/one_trial.h"

namespace bulkhead {
namespace {

using testing::AnyOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;
using trials::ChildPath;
using trials::FatesOf;
using trials::PlaceOf;
using trials::Treatment;
using trials::TrialBench;

constexpr VehicleKind kFork = VehicleKind::kFork;

// For units that are known to let a deadline pass.
trials::TrialRequest Impatient(VehicleKind vehicle = kFork) {
  trials::TrialRequest request = Treatment(vehicle);
  request.settings.timeout = 2 * kSecond;
  return request;
}

class Misbehaviour : public testing::Test {
 protected:
  void SetUp() override {
    trials::WarmUp();
    descriptors_ = os::OpenDescriptors();
  }

  // After each: the supervisor is as good as new.
  void TearDown() override {
    EXPECT_THAT(os::ChildrenOfSelf(), IsEmpty());
    EXPECT_EQ(os::OpenDescriptors(), descriptors_);
    TrialBench good(trials::ScenarioPath("null-store"));
    const Trial trial = good.Run(Treatment(kFork));
    EXPECT_EQ(trial.trouble, "");
    EXPECT_THAT(FatesOf(trial), ElementsAre("signaled SIGSEGV (fault)", "intact", "intact"));
    EXPECT_THAT(good.Strays(), IsEmpty());
  }

  std::size_t descriptors_ = 0;
};

// ---- Before they are ready.

TEST_F(Misbehaviour, AUnitThatNeverGetsReadyIsKilledAtTheDeadline) {
  TrialBench bench(ChildPath("prepare-hang"));
  const Trial trial = bench.Run(Impatient());
  EXPECT_EQ(trial.trouble, "not all units were ready in time");
  const auto ended = trials::AllOf<Ended>(trial, 0);
  ASSERT_THAT(ended, SizeIs(1));
  EXPECT_TRUE(ended[0].signaled);
  EXPECT_EQ(ended[0].status, SIGKILL);
  EXPECT_THAT(bench.Strays(), IsEmpty());
}

TEST_F(Misbehaviour, AVictimThatExitsEarlyMakesTheTrialTroubledNotClean) {
  TrialBench bench(ChildPath("victim-exits-in-prepare"));
  const Trial trial = bench.Run(Treatment(kFork));
  EXPECT_THAT(trial.trouble, StartsWith("victim ended before it was"));
  EXPECT_NE(FiredOf(bench.manifest(), trial).state, Fired::State::kFired);
  EXPECT_THAT(bench.Strays(), IsEmpty());
}

TEST_F(Misbehaviour, ABystanderThatExitsEarlyLeavesNobodyUnreaped) {
  TrialBench bench(ChildPath("bystander-exits-in-prepare"));
  // Who is seen first, its end or the other units, is the kernel's choice: give it some.
  for (int round = 0; round < 20; ++round) {
    const Trial trial = bench.Run(Treatment(kFork));
    EXPECT_THAT(trial.trouble, StartsWith("bystander 1 ended before it was"));
    ASSERT_THAT(bench.Strays(), IsEmpty()) << "round " << round;
  }
}

TEST_F(Misbehaviour, AZygoteKilledWhileItMakesUnitsIsNoticed) {
  for (int round = 0; round < 20; ++round) {
    TrialBench bench(ChildPath("prepare-kills-zygote"));
    const Trial trial = bench.Run(Treatment(kFork));
    // When it was killed right after its last word, the trial is none the worse.
    EXPECT_THAT(trial.trouble, AnyOf("", "the zygote ended while it made the units"));
    bench.Sweep();  // units that nobody could announce any more
    EXPECT_THAT(bench.Strays(), IsEmpty());
  }
}

// ---- In the act.

TEST_F(Misbehaviour, AUnitThatClosesItsDescriptorsIsVoidNotFired) {
  TrialBench bench(ChildPath("act-closes-descriptors"));
  const Trial trial = bench.Run(Treatment(kFork));
  EXPECT_EQ(trial.trouble, "");
  const Fired fired = FiredOf(bench.manifest(), trial);
  EXPECT_EQ(fired.state, Fired::State::kVoid);
  EXPECT_EQ(fired.why_not, "the victim exited 0, expected a return");
  EXPECT_THAT(FatesOf(trial), ElementsAre("exited 0 (self)", "intact", "intact"));
  EXPECT_THAT(bench.Strays(), IsEmpty());
}

TEST_F(Misbehaviour, AHostThatClosesItsDescriptorsTakesItsThreads) {
  TrialBench bench(ChildPath("act-closes-descriptors"));
  // The supervisor cannot see it: the zygote keeps the channels open.
  const Trial trial = bench.Run(Impatient(VehicleKind::kThread));
  EXPECT_NE(FiredOf(bench.manifest(), trial).state, Fired::State::kFired);
  EXPECT_THAT(bench.Strays(), IsEmpty());
}

TEST_F(Misbehaviour, AnOrphanIsFoundByTheCensusAndEnded) {
  TrialBench bench(ChildPath("act-orphan"));
  const Trial trial = bench.Run(Treatment(kFork));
  EXPECT_EQ(trial.trouble, "");
  EXPECT_EQ(FiredOf(bench.manifest(), trial).state, Fired::State::kFired);
  const std::vector<pid_t> strays = bench.Strays();
  ASSERT_THAT(strays, SizeIs(1));
  const std::string orphan = "process " + std::to_string(strays[0]) + " (bulkhead-zygote)";
  EXPECT_THAT(bench.Sweep(), ElementsAre(orphan + ", orphan of a unit, ended"));
  EXPECT_THAT(bench.Strays(), IsEmpty());
}

TEST_F(Misbehaviour, AnOrphansOrphanIsFoundInTheSameCensus) {
  TrialBench bench(ChildPath("act-orphan-chain"));
  bench.Run(Treatment(kFork));
  EXPECT_THAT(bench.Strays(), SizeIs(1));
  EXPECT_THAT(bench.Sweep(), SizeIs(2));
  EXPECT_THAT(bench.Strays(), IsEmpty());
}

// The copy holds the victim's channel, on which the next victim will be briefed.
TEST_F(Misbehaviour, AVictimThatForksItselfDoesNotSpoilTheNextTrial) {
  TrialBench bench(ChildPath("act-forks-itself"));
  for (int round = 0; round < 3; ++round) {
    const Trial trial = bench.Run(Impatient());
    EXPECT_EQ(trial.trouble, "") << "round " << round;
    EXPECT_THAT(FatesOf(trial), ElementsAre("intact", "intact", "intact"));
    EXPECT_THAT(trials::AllOf<Returned>(trial, 0), SizeIs(1));
  }
  EXPECT_THAT(bench.Sweep(), SizeIs(3)) << "the copies are leaks, and told";
  EXPECT_THAT(bench.Strays(), IsEmpty());
}

TEST_F(Misbehaviour, InAPidNamespaceAnOrphanEndsWithItsInit) {
  if (const std::string why = WhyNoVehicle(VehicleKind::kPidns); !why.empty()) {
    GTEST_SKIP() << why;
  }
  TrialBench bench(ChildPath("act-orphan"));
  const Trial trial = bench.Run(Treatment(VehicleKind::kPidns));
  EXPECT_EQ(trial.trouble, "");
  EXPECT_THAT(bench.Strays(), IsEmpty());
}

TEST_F(Misbehaviour, AUnitThatKillsItsZygoteSpoilsNoTrial) {
  TrialBench bench(ChildPath("act-kills-zygote"));
  const Trial trial = bench.Run(Treatment(kFork));
  EXPECT_EQ(trial.trouble, "");
  EXPECT_EQ(FiredOf(bench.manifest(), trial).state, Fired::State::kFired);
  EXPECT_THAT(FatesOf(trial), ElementsAre("intact", "intact", "intact"));
  EXPECT_THAT(bench.Strays(), IsEmpty());
  while (bench.zygote_alive()) bench.Turn();
}

// "Never use EOF as the only sign of death": the daemon holds all that the zygote had open.
TEST_F(Misbehaviour, AZygotesEndIsSeenThoughAnOrphanHoldsItsDescriptors) {
  TrialBench bench(ChildPath("act-kills-zygote-and-orphans"));
  const Trial trial = bench.Run(Treatment(kFork));
  EXPECT_EQ(trial.trouble, "");
  while (bench.zygote_alive()) bench.Turn();
  EXPECT_THAT(bench.Sweep(), SizeIs(1));
  EXPECT_THAT(bench.Strays(), IsEmpty());
}

TEST_F(Misbehaviour, AFloodOfGarbageIsBoundedAndMakesTheTrialTroubled) {
  TrialBench bench(ChildPath("act-floods-channel"));
  const Trial trial = bench.Run(Impatient());
  EXPECT_EQ(trial.trouble, "more than 512 observations");
  EXPECT_LE(trial.observations.size(), 513u);
  EXPECT_TRUE(PlaceOf<Garbage>(trial, 0));
  EXPECT_THAT(bench.Strays(), IsEmpty());
}

TEST_F(Misbehaviour, AFloodOfOutputIsCutAndCounted) {
  TrialBench bench(ChildPath("act-writes"));
  const Trial trial = bench.Run(Treatment(kFork));
  EXPECT_EQ(trial.trouble, "");
  EXPECT_EQ(FiredOf(bench.manifest(), trial).state, Fired::State::kFired);
  EXPECT_LE(trial.output.size(), 4096u + 64);
  EXPECT_THAT(trial.output, HasSubstr("[9995904 more bytes]"));
  EXPECT_THAT(FatesOf(trial), ElementsAre("intact", "intact", "intact"));
}

// ---- When they are asked.

TEST_F(Misbehaviour, ABystanderThatSpinsWhenAskedIsStalled) {
  for (const VehicleKind vehicle : {kFork, VehicleKind::kThread}) {
    TrialBench bench(ChildPath("watch-spins"));
    const Trial trial = bench.Run(Impatient(vehicle));
    EXPECT_EQ(trial.trouble, "");
    EXPECT_THAT(FatesOf(trial), ElementsAre("intact", StartsWith("stalled"), "intact"));
    EXPECT_THAT(bench.Strays(), IsEmpty());
  }
}

}  // namespace
}  // namespace bulkhead
