// The laws that every vehicle keeps, on real trials: the same law over all of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>

#include "harness/supervisor/preflight.h"
#include "tests/supervisor/one_trial.h"

namespace bulkhead {
namespace {

using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::StartsWith;
using trials::Control;
using trials::FatesOf;
using trials::PlaceOf;
using trials::ScenarioPath;
using trials::Treatment;
using trials::TrialBench;

class Vehicles : public testing::TestWithParam<VehicleKind> {
 protected:
  void SetUp() override {
    if (const std::string why = WhyNoVehicle(kind()); !why.empty()) GTEST_SKIP() << why;
  }
  VehicleKind kind() const { return GetParam(); }
  const VehicleTraits& traits() const { return TraitsOf(kind()); }
  std::uint32_t host() const { return 3; }  // with two bystanders
  std::uint32_t ProcessOf(std::uint32_t unit) const {
    const bool own = unit == 0 ? traits().victim_is_process : traits().bystanders_are_processes;
    return own ? unit : host();
  }
};

// For laws of these only.
class UnsharedVehicles : public Vehicles {};
class IndependentVehicles : public Vehicles {};
class HoldingVehicles : public Vehicles {};
class ThreadVehicles : public Vehicles {};

template <typename Condition>
auto VehiclesWhere(Condition condition) {
  std::vector<VehicleKind> kinds;
  for (const VehicleTraits& one : AllVehicles()) {
    if (condition(one)) kinds.push_back(one.kind);
  }
  return testing::ValuesIn(kinds);
}
std::string NameOfVehicle(const testing::TestParamInfo<VehicleKind>& info) {
  std::string name(TraitsOf(info.param).name);
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}
INSTANTIATE_TEST_SUITE_P(, Vehicles, VehiclesWhere([](const VehicleTraits&) { return true; }),
                         NameOfVehicle);
INSTANTIATE_TEST_SUITE_P(, UnsharedVehicles,
                         VehiclesWhere([](const VehicleTraits& v) { return !v.shares_memory; }),
                         NameOfVehicle);
INSTANTIATE_TEST_SUITE_P(, IndependentVehicles, VehiclesWhere([](const VehicleTraits& v) {
                           return !v.shares_memory && v.holder != 0;
                         }),
                         NameOfVehicle);
INSTANTIATE_TEST_SUITE_P(, HoldingVehicles,
                         VehiclesWhere([](const VehicleTraits& v) { return v.holder == 0; }),
                         NameOfVehicle);
INSTANTIATE_TEST_SUITE_P(, ThreadVehicles,
                         VehiclesWhere([](const VehicleTraits& v) { return !v.victim_is_process; }),
                         NameOfVehicle);

// ---- Controls: where the answer is known beforehand.

TEST_P(Vehicles, WithoutAFaultEverybodyIsIntact) {
  TrialBench bench(ScenarioPath("null-store"));
  const Trial trial = bench.Run(Control(kind()));
  EXPECT_EQ(trial.trouble, "");
  EXPECT_EQ(ControlFailure(bench.manifest(), trial), "");
  EXPECT_THAT(FatesOf(trial), ElementsAre("intact", "intact", "intact"));
  EXPECT_EQ(FiredOf(bench.manifest(), trial).state, Fired::State::kVoid);
}

TEST_P(Vehicles, AKilledBystanderIsReportedKilled) {
  TrialBench bench(ScenarioPath("null-store"));
  const Trial trial = bench.Run(Control(kind(), Hit::kKill));
  EXPECT_EQ(trial.trouble, "");
  EXPECT_EQ(ControlFailure(bench.manifest(), trial), "");
  if (traits().bystanders_are_processes) {
    EXPECT_THAT(FatesOf(trial), ElementsAre("intact", "signaled SIGKILL (supervisor)", "intact"));
  } else {
    EXPECT_THAT(FatesOf(trial)[1], "signaled SIGKILL (process)");
    EXPECT_THAT(FatesOf(trial)[2], "signaled SIGKILL (process)");
  }
}

TEST_P(Vehicles, ASignalIsInTheLedgerBeforeItsEffect) {
  TrialBench bench(ScenarioPath("null-store"));
  const Trial trial = bench.Run(Control(kind(), Hit::kKill));
  const std::uint32_t process = ProcessOf(1);
  const auto sent = PlaceOf<SignalSent>(trial, process), ended = PlaceOf<Ended>(trial, process);
  ASSERT_TRUE(sent && ended);
  EXPECT_LT(*sent, *ended);
  ASSERT_FALSE(bench.ledger().empty());
  EXPECT_EQ(bench.ledger()[0].unit, process);
  EXPECT_EQ(bench.ledger()[0].signal, SIGKILL);
}

TEST_P(Vehicles, ABrokenCanaryIsReportedCorrupt) {
  TrialBench bench(ScenarioPath("null-store"));
  const Trial trial = bench.Run(Control(kind(), Hit::kCorrupt));
  EXPECT_EQ(trial.trouble, "");
  EXPECT_EQ(ControlFailure(bench.manifest(), trial), "");
  const Fate hit = FateOf(trial, 1);
  ASSERT_TRUE(std::holds_alternative<Corrupt>(hit)) << Describe(hit);
  EXPECT_EQ(std::get<Corrupt>(hit).words, 1u);
  EXPECT_EQ(FatesOf(trial)[0], "intact");
  EXPECT_EQ(FatesOf(trial)[2], "intact");
}

TEST_P(Vehicles, AStoppedBystanderIsReportedStalled) {
  TrialBench bench(ScenarioPath("null-store"));
  const Trial trial = bench.Run(Control(kind(), Hit::kStop));
  EXPECT_EQ(trial.trouble, "");
  EXPECT_EQ(ControlFailure(bench.manifest(), trial), "");
  const std::vector<std::string> fates = FatesOf(trial);
  EXPECT_THAT(fates[1], StartsWith("stalled"));
  if (traits().bystanders_are_processes) {
    EXPECT_THAT(fates, ElementsAre("intact", StartsWith("stalled"), "intact"));
  } else {
    EXPECT_THAT(fates[2], StartsWith("stalled")) << "the whole process was stopped";
  }
}

TEST_P(Vehicles, AProbeShowsWhatItWasMadeToShow) {
  TrialBench bench(ScenarioPath("shared-globals"));
  EXPECT_EQ(ControlFailure(bench.manifest(), bench.Run(Control(kind()))), "");
  EXPECT_EQ(ControlFailure(bench.manifest(), bench.Run(Control(kind(), Hit::kProbe))), "");
}

// ---- Faults.

TEST_P(Vehicles, ANullStoreIsSeenByTokenHandlerAndKernel) {
  TrialBench bench(ScenarioPath("null-store"));
  const Trial trial = bench.Run(Treatment(kind()));
  EXPECT_EQ(trial.trouble, "");
  const Fired fired = FiredOf(bench.manifest(), trial);
  EXPECT_EQ(fired.state, Fired::State::kFired) << fired.why_not;
  EXPECT_THAT(fired.confirmed_by, ElementsAre("token", "handler", "kernel"));
  EXPECT_EQ(FatesOf(trial)[0], "signaled SIGSEGV (fault)");
  const auto faults = trials::AllOf<Faulted>(trial, 0);
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0].signal, SIGSEGV);
  EXPECT_NE(faults[0].pc, 0u);
}

TEST_P(IndependentVehicles, ACrashReachesNobodyInAnotherAddressSpace) {
  TrialBench bench(ScenarioPath("null-store"));
  const Trial trial = bench.Run(Treatment(kind()));
  EXPECT_THAT(FatesOf(trial), ElementsAre("signaled SIGSEGV (fault)", "intact", "intact"));
}

TEST_P(HoldingVehicles, ACrashTakesThoseThatTheVictimHolds) {
  TrialBench bench(ScenarioPath("null-store"));
  const Trial trial = bench.Run(Treatment(kind()));
  EXPECT_THAT(FatesOf(trial), ElementsAre("signaled SIGSEGV (fault)", "signaled SIGKILL (unknown)",
                                          "signaled SIGKILL (unknown)"));
}

TEST_P(ThreadVehicles, ACrashTakesTheThreadsOfItsOwnProcess) {
  TrialBench bench(ScenarioPath("null-store"));
  const Trial trial = bench.Run(Treatment(kind()));
  EXPECT_THAT(FatesOf(trial), ElementsAre("signaled SIGSEGV (fault)", "signaled SIGSEGV (process)",
                                          "signaled SIGSEGV (process)"));
}

TEST_P(Vehicles, AWildStoreArrivesWhereMemoryIsShared) {
  TrialBench bench(ScenarioPath("wild-store"));
  const Trial trial = bench.Run(Treatment(kind()));
  EXPECT_EQ(trial.trouble, "");
  const Fired fired = FiredOf(bench.manifest(), trial);
  EXPECT_EQ(fired.state, Fired::State::kFired) << fired.why_not;
  const Fate hit = FateOf(trial, 1);
  EXPECT_EQ(std::holds_alternative<Corrupt>(hit), traits().shares_memory) << Describe(hit);
  EXPECT_EQ(std::holds_alternative<Intact>(hit), !traits().shares_memory) << Describe(hit);
  EXPECT_EQ(FatesOf(trial)[2], "intact") << "nobody aimed at it";
}

TEST_P(Vehicles, AHangLeavesTheBystandersIntact) {
  for (const char* hang : {"spin-hang", "deadlock"}) {
    TrialBench bench(ScenarioPath(hang));
    const Trial trial = bench.Run(Treatment(kind()));
    EXPECT_EQ(trial.trouble, "");
    const Fired fired = FiredOf(bench.manifest(), trial);
    EXPECT_EQ(fired.state, Fired::State::kFired) << hang << ": " << fired.why_not;
    EXPECT_THAT(FatesOf(trial), ElementsAre(StartsWith("stalled"), "intact", "intact")) << hang;
    EXPECT_THAT(bench.Strays(), IsEmpty()) << hang;
  }
}

// ---- What is left.

// One trial of each kind that ends differently.
std::vector<trials::TrialRequest> EveryKind(VehicleKind kind) {
  return {Treatment(kind), Control(kind), Control(kind, Hit::kKill), Control(kind, Hit::kCorrupt)};
}

TEST_P(Vehicles, EveryProcessIsReaped) {
  TrialBench bench(ScenarioPath("null-store"));
  for (const trials::TrialRequest& request : EveryKind(kind())) {
    const Trial trial = bench.Run(request);
    EXPECT_EQ(trial.trouble, "");
    EXPECT_THAT(bench.Strays(), IsEmpty());
    for (std::uint32_t unit = 0; unit <= host(); ++unit) {
      EXPECT_FALSE(PlaceOf<NotReaped>(trial, unit));
      const auto launched = trials::AllOf<Launched>(trial, unit);
      const auto ended = trials::AllOf<Ended>(trial, unit);
      const bool process = ProcessOf(unit) == unit && (unit < host() || traits().has_host);
      EXPECT_EQ(ended.size(), process ? 1u : 0u) << "unit " << unit;
      EXPECT_LE(launched.size(), ended.size());
    }
  }
  EXPECT_TRUE(bench.zygote_alive());
}

TEST_P(Vehicles, NoDescriptorIsLeaked) {
  trials::WarmUp();
  const std::size_t before = os::OpenDescriptors();
  {
    TrialBench bench(ScenarioPath("null-store"));
    bench.Run(Treatment(kind()));
    const std::size_t after_one = os::OpenDescriptors();
    for (int round = 0; round < 25; ++round) {
      for (const trials::TrialRequest& request : EveryKind(kind())) bench.Run(request);
    }
    EXPECT_EQ(os::OpenDescriptors(), after_one);
  }
  EXPECT_EQ(os::OpenDescriptors(), before);
}

TEST_P(Vehicles, TheZygoteEndsWithItsOwner) {
  { TrialBench(ScenarioPath("null-store")).Run(Treatment(kind())); }
  EXPECT_THAT(os::ChildrenOfSelf(), IsEmpty());
}

// ---- Replay and order.

TEST_P(Vehicles, TheSameSeedGivesTheSameTokens) {
  TrialBench bench(ScenarioPath("shared-globals"));
  const auto tokens = [&](std::uint64_t seed) {
    trials::TrialRequest request = Control(kind());
    request.seed = seed;
    const Trial trial = bench.Run(request);
    std::vector<std::uint64_t> values;
    for (std::uint32_t unit : {1u, 2u}) {
      for (const Reading& reading : trials::AllOf<Reading>(trial, unit)) {
        EXPECT_EQ(reading.value, TokenOf(seed, unit));
        values.push_back(reading.value);
      }
    }
    return values;
  };
  const std::vector<std::uint64_t> first = tokens(7), again = tokens(7), other = tokens(8);
  EXPECT_EQ(first.size(), 2u);
  EXPECT_EQ(first, again);
  EXPECT_NE(first, other);
}

TEST_P(Vehicles, TheSameSeedAimsAtTheSameWord) {
  TrialBench bench(ScenarioPath("wild-store"));
  const auto offset = [&](std::uint64_t seed) {
    trials::TrialRequest request = Control(kind(), Hit::kCorrupt);
    request.seed = seed;
    const Fate fate = FateOf(bench.Run(request), 1);
    EXPECT_TRUE(std::holds_alternative<Corrupt>(fate)) << Describe(fate);
    return std::get<Corrupt>(fate).offset;
  };
  EXPECT_EQ(offset(7), offset(7));
  EXPECT_NE(offset(7), offset(8));
}

TEST_P(Vehicles, ThingsAreRecordedInTheOrderInWhichTheyHappen) {
  TrialBench bench(ScenarioPath("null-store"));
  const Trial trial = bench.Run(Treatment(kind()));
  const auto armed = PlaceOf<Armed>(trial, 0), firing = PlaceOf<Firing>(trial, 0);
  const auto faulted = PlaceOf<Faulted>(trial, 0), ended = PlaceOf<Ended>(trial, ProcessOf(0));
  ASSERT_TRUE(armed && firing && faulted && ended);
  for (std::uint32_t unit = 0; unit < host(); ++unit) {
    const auto ready = PlaceOf<Ready>(trial, unit);
    ASSERT_TRUE(ready) << "unit " << unit;
    EXPECT_LT(*ready, *armed) << "nobody is told to act before all are ready";
    const auto challenged = PlaceOf<Challenged>(trial, unit);
    const auto answered = PlaceOf<Answered>(trial, unit);
    if (unit > 0) {
      ASSERT_TRUE(challenged) << "unit " << unit;
      EXPECT_GT(*challenged, *ended) << "the challenge is issued after the fault";
    }
    if (answered) {
      EXPECT_GT(*answered, *challenged);
    }
  }
  EXPECT_LT(*armed, *firing);
  EXPECT_LT(*firing, *faulted);
  EXPECT_LT(*faulted, *ended);
  for (std::size_t i = 1; i < trial.observations.size(); ++i) {
    EXPECT_LE(trial.observations[i - 1].at, trial.observations[i].at);
  }
}

TEST_P(Vehicles, AsManyBystandersAsAskedFor) {
  TrialBench bench(ScenarioPath("null-store"));
  for (const std::uint32_t bystanders : {1u, 7u}) {
    trials::TrialRequest request = Control(kind());
    request.bystanders = bystanders;
    const Trial trial = bench.Run(request);
    EXPECT_EQ(trial.trouble, "");
    EXPECT_EQ(FatesOf(trial).size(), bystanders + 1);
    EXPECT_THAT(FatesOf(trial), Each(std::string("intact")));
    EXPECT_THAT(bench.Strays(), IsEmpty());
  }
}

// ---- Isolation of the harness itself.

// A unit that held the channel of its zygote, or of another unit, could speak for it.  (Where
// memory is shared, units share a process or copy their host's descriptors.)
TEST_P(UnsharedVehicles, AUnitOfItsOwnProcessHoldsNoChannelButItsOwn) {
  TrialBench bench(trials::ChildPath("counts-sockets"));
  const Trial trial = bench.Run(Control(kind()));
  for (std::uint32_t unit = 0; unit < host(); ++unit) {
    const auto readings = trials::AllOf<Reading>(trial, unit);
    ASSERT_EQ(readings.size(), 1u) << "unit " << unit;
    EXPECT_EQ(readings[0].value, 1u) << "unit " << unit;
  }
}

}  // namespace
}  // namespace bulkhead
