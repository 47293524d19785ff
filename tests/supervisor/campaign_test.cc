#include "harness/supervisor/campaign.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <set>
#include <thread>

#include "harness/os/file.h"
#include "tests/supervisor/campaign_run.h"

namespace bulkhead {
namespace {

using campaigns::Accounted;
using campaigns::kCellTrials;
using campaigns::MakeCell;
using campaigns::MakeClaim;
using campaigns::MakePlan;
using campaigns::OwnScenario;
using campaigns::Recorder;
using campaigns::RunDirectory;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr VehicleKind kFork = VehicleKind::kFork;
constexpr VehicleKind kThread = VehicleKind::kThread;

Claim ContainedIn(VehicleKind vehicle, const std::string& scenario = "null-store") {
  return MakeClaim("contained", Quantifier::kAlways, scenario, vehicle,
                   Finding::kBystanderAffected);
}
RunPlan NullStoreIn(VehicleKind vehicle) {
  return MakePlan({ContainedIn(vehicle)}, {OwnScenario("null-store")},
                  {MakeCell("null-store", vehicle)});
}

class Campaign : public testing::Test {
 protected:
  RunReport Run(const RunPlan& plan, Nanoseconds timeout = trials::kGenerous) {
    const RunReport report = campaigns::Run(plan, directory_, recorder_, {}, timeout);
    // Whatever happened, these hold.
    EXPECT_TRUE(Accounted(report.end.accounting));
    EXPECT_TRUE(report.complete);
    EXPECT_THAT(os::ChildrenOfSelf(), IsEmpty());
    EXPECT_THAT(NamesIn(directory_.path()), ElementsAre(kJournalName)) << "scratch is left";
    EXPECT_EQ(EncodeResults(campaigns::JudgeAgain(directory_.journal())), EncodeResults(report))
        << "the stored run is judged differently";
    return report;
  }
  const Accounting& AccountingOf(const RunReport& report) { return report.end.accounting; }

  RunDirectory directory_;
  Recorder recorder_;
};

TEST_F(Campaign, SupportsWhatHoldsAndExecutesAllThatWasPlanned) {
  const RunReport report = Run(NullStoreIn(kFork));
  ASSERT_THAT(report.verdicts, SizeIs(1));
  EXPECT_EQ(report.verdicts[0].outcome, Outcome::kSupported) << report.verdicts[0].sentence;
  EXPECT_EQ(report.verdicts[0].counted, 14u);
  EXPECT_EQ(AccountingOf(report).planned, kCellTrials);
  EXPECT_EQ(AccountingOf(report).executed, kCellTrials);
  EXPECT_EQ(report.exit_code, 0);
  EXPECT_THAT(recorder_.trials, SizeIs(kCellTrials));
  EXPECT_THAT(recorder_.decided, ElementsAre(0u));
  EXPECT_THAT(recorder_.outcomes, ElementsAre(Outcome::kSupported));
  EXPECT_THAT(report.leaks, IsEmpty());
}

TEST_F(Campaign, RefutesWhatDoesNot) {
  const RunReport report = Run(NullStoreIn(kThread));
  EXPECT_EQ(report.verdicts.at(0).outcome, Outcome::kRefuted) << report.verdicts[0].sentence;
  ASSERT_TRUE(report.verdicts[0].witness);
  EXPECT_TRUE(report.decisive.contains(*report.verdicts[0].witness)) << "the witness is kept whole";
}

TEST_F(Campaign, StopsACellThatHasFoundEnough) {
  RunPlan plan = NullStoreIn(kThread);
  plan.stopping.enough = 3;
  const RunReport report = Run(plan);
  EXPECT_EQ(report.verdicts.at(0).found, 3u);
  EXPECT_EQ(AccountingOf(report).skipped, 14u - 3u);
  EXPECT_THAT(AccountingOf(report).skipped_because,
              ElementsAre(testing::Pair("stopped early: enough found", 11u)));
}

TEST_F(Campaign, SeveralJobsComeToTheSameVerdicts) {
  RunPlan plan = MakePlan(
      {ContainedIn(kFork), ContainedIn(kThread), ContainedIn(kFork, "abort")},
      {OwnScenario("abort"), OwnScenario("null-store")},
      {MakeCell("abort", kFork), MakeCell("null-store", kThread), MakeCell("null-store", kFork)});
  plan.jobs = 3;
  const RunReport report = Run(plan);
  EXPECT_EQ(report.verdicts.at(0).outcome, Outcome::kSupported);
  EXPECT_EQ(report.verdicts.at(1).outcome, Outcome::kRefuted);
  EXPECT_EQ(report.verdicts.at(2).outcome, Outcome::kSupported);
  EXPECT_EQ(AccountingOf(report).executed, 3 * kCellTrials);
}

TEST_F(Campaign, WhatIsNotApplicableIsSkippedWithTheReason) {
  RunPlan plan = NullStoreIn(kFork);
  plan.cells[0].not_applicable = "refused for a test";
  const RunReport report = Run(plan);
  EXPECT_EQ(report.verdicts.at(0).outcome, Outcome::kNotApplicable);
  EXPECT_EQ(AccountingOf(report).skipped, kCellTrials);
  EXPECT_EQ(report.exit_code, 5) << "nothing ran";
}

TEST_F(Campaign, ABrokenPluginIsBrokenAndTheRunGoesOn) {
  const RunPlan plan =
      MakePlan({ContainedIn(kFork, "constructor-segfault"), ContainedIn(kFork)},
               {campaigns::BrokenScenario("constructor-segfault"), OwnScenario("null-store")},
               {MakeCell("constructor-segfault", kFork), MakeCell("null-store", kFork)});
  const RunReport report = Run(plan);
  EXPECT_EQ(report.verdicts.at(0).outcome, Outcome::kBroken);
  EXPECT_EQ(report.verdicts.at(1).outcome, Outcome::kSupported);
  EXPECT_EQ(AccountingOf(report).broken, kCellTrials);
  EXPECT_EQ(AccountingOf(report).executed, kCellTrials);
  ASSERT_THAT(report.broken, SizeIs(1));
  EXPECT_THAT(report.broken[0].why, HasSubstr("ended by SIGSEGV while it was being loaded"));
  EXPECT_THAT(recorder_.notices, Contains(HasSubstr("constructor-segfault/fork is broken")));
  EXPECT_EQ(report.exit_code, 4);
}

TEST_F(Campaign, AUnitThatExitsEarlyMakesItsTrialsBrokenNotClean) {
  const RunPlan plan =
      MakePlan({ContainedIn(kFork, "victim-exits-in-prepare")},
               {campaigns::LoadScenario(trials::ChildPath("victim-exits-in-prepare"))},
               {MakeCell("victim-exits-in-prepare", kFork)});
  const RunReport report = Run(plan);
  EXPECT_EQ(AccountingOf(report).broken, kCellTrials);
  EXPECT_EQ(AccountingOf(report).executed, 0u);
  EXPECT_NE(report.verdicts.at(0).outcome, Outcome::kSupported);
  EXPECT_NE(report.exit_code, 0);
}

TEST_F(Campaign, AnOrphanIsALeakAndIsEnded) {
  RunPlan plan = MakePlan({ContainedIn(kFork, "act-orphan")},
                          {campaigns::LoadScenario(trials::ChildPath("act-orphan"))},
                          {MakeCell("act-orphan", kFork)});
  const RunReport report = Run(plan);
  EXPECT_THAT(report.leaks, SizeIs(14)) << "one for each time that it acted";
  for (const Leak& leak : report.leaks) {
    EXPECT_THAT(leak.what, HasSubstr("orphan of a unit"));
    EXPECT_EQ(leak.cell, plan.cells[0].key);
  }
}

TEST_F(Campaign, AUnitThatKillsItsZygoteCostsNoTrialOfOthers) {
  const RunPlan plan = MakePlan(
      {ContainedIn(kFork, "act-kills-zygote"), ContainedIn(kFork)},
      {campaigns::LoadScenario(trials::ChildPath("act-kills-zygote")), OwnScenario("null-store")},
      {MakeCell("act-kills-zygote", kFork), MakeCell("null-store", kFork)});
  const RunReport report = Run(plan);
  EXPECT_EQ(report.verdicts.at(1).outcome, Outcome::kSupported);
  EXPECT_EQ(report.verdicts.at(1).counted, 14u);
}

TEST_F(Campaign, ADirectoryWithAJournalIsNotTouched) {
  Run(NullStoreIn(kFork));
  const std::string before = trials::OrThrow(os::ReadFile(directory_.journal()));
  CampaignOptions options;
  options.directory = directory_.path();
  const auto again = RunCampaign({trials::kZygote, "", ""}, NullStoreIn(kFork), options, recorder_);
  EXPECT_FALSE(again);
  EXPECT_EQ(trials::OrThrow(os::ReadFile(directory_.journal())), before);
}

// ---- Interruption.

TEST_F(Campaign, InterruptedItFinishesTheTrialInFlightAndAccounts) {
  recorder_.on_trial = [&](const Trial&) {
    if (recorder_.trials.size() != 3) return;
    kill(getpid(), SIGINT);
    // Until the main thread has taken it; to act on it, it needs the lock that we hold.
    for (sigset_t pending; sigpending(&pending) == 0 && sigismember(&pending, SIGINT) == 1;) {
      std::this_thread::yield();
    }
  };
  // So many that the main thread gets the lock before they are through, however busy the machine.
  constexpr std::uint64_t kMany = 20'000;
  RunPlan plan = NullStoreIn(kFork);
  plan.cells[0].treatment = kMany;
  const std::uint64_t planned = kCellTrials - 14 + kMany;
  const RunReport report = Run(plan);
  EXPECT_TRUE(report.end.interrupted);
  EXPECT_EQ(report.exit_code, 130);
  const std::uint64_t executed = AccountingOf(report).executed;
  EXPECT_GE(executed, 3u);
  EXPECT_LT(executed, planned);
  EXPECT_EQ(AccountingOf(report).broken, 0u) << "the one in flight is finished";
  EXPECT_THAT(AccountingOf(report).skipped_because,
              ElementsAre(testing::Pair("interrupted", planned - executed)));
  EXPECT_THAT(recorder_.interruptions, SizeIs(1));
  EXPECT_EQ(report.verdicts.at(0).outcome, Outcome::kInconclusive);
}

TEST_F(Campaign, InterruptedTwiceItStopsTheTrialInFlight) {
  RunPlan plan = MakePlan({ContainedIn(kFork, "prepare-hang")},
                          {campaigns::LoadScenario(trials::ChildPath("prepare-hang"))},
                          {MakeCell("prepare-hang", kFork)});
  // Its first trial would last as long as the generous timeout.  Two signals, one tick each.
  int ticks = 0;
  recorder_.on_tick = [&](const Progress& progress) {
    if (!progress.running.empty() && ++ticks <= 2) kill(getpid(), SIGINT);
  };
  const RunReport report = Run(plan);
  EXPECT_TRUE(report.end.interrupted);
  EXPECT_THAT(recorder_.trials, SizeIs(1));
  EXPECT_EQ(recorder_.trials[0].trouble, "interrupted");
  EXPECT_LT(recorder_.trials[0].took, trials::kGenerous);
  EXPECT_EQ(AccountingOf(report).broken, 1u);
  EXPECT_EQ(AccountingOf(report).skipped, kCellTrials - 1);
}

TEST_F(Campaign, WhoAsksIsToldWhatRunsAndTheTrialGoesOn) {
  RunPlan plan = MakePlan({ContainedIn(kFork, "prepare-hang")},
                          {campaigns::LoadScenario(trials::ChildPath("prepare-hang"))},
                          {MakeCell("prepare-hang", kFork)});
  // Until the bystanders are ready: the machine may be busy.
  const auto answered = [&] {
    if (recorder_.answers.empty() || recorder_.answers.back().running.empty()) return false;
    const std::vector<RunningUnit>& units = recorder_.answers.back().running[0].units;
    return units.size() == 3 && units[1].stage == UnitStage::kReady;
  };
  recorder_.on_tick = [&](const Progress& progress) {
    if (progress.running.empty()) return;
    kill(getpid(), answered() ? SIGINT : SIGUSR1);
  };
  const RunReport report = Run(plan);
  ASSERT_TRUE(answered());
  const Progress& answer = recorder_.answers.back();
  EXPECT_EQ(answer.planned, kCellTrials);
  ASSERT_THAT(answer.running, SizeIs(1));
  EXPECT_EQ(answer.running[0].cell, plan.cells[0].key);
  EXPECT_GT(answer.running[0].for_ns, 0);
  EXPECT_EQ(answer.running[0].units[0].name, "victim");
  EXPECT_EQ(answer.running[0].units[0].stage, UnitStage::kStarting);
  EXPECT_GT(answer.running[0].units[0].pid, 0);
  EXPECT_THAT(recorder_.trials, SizeIs(1));
  EXPECT_EQ(recorder_.trials[0].trouble, "interrupted") << "by SIGINT, not by the question";
  EXPECT_EQ(recorder_.interruptions[0], 1u);
}

}  // namespace
}  // namespace bulkhead
