// Small campaigns for tests: real plugins, few trials, a directory that goes with its owner.
#ifndef BULKHEAD_TESTS_SUPERVISOR_CAMPAIGN_RUN_H_
#define BULKHEAD_TESTS_SUPERVISOR_CAMPAIGN_RUN_H_

#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "harness/journal/journal.h"
#include "harness/judge/judge.h"
#include "harness/supervisor/campaign.h"
#include "tests/supervisor/one_trial.h"

namespace bulkhead::campaigns {

class RunDirectory {
 public:
  RunDirectory() {
    std::string name = std::filesystem::temp_directory_path() / "bulkhead-run-XXXXXX";
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp");
    path_ = name;
  }
  ~RunDirectory() {
    std::error_code error;
    std::filesystem::remove_all(path_, error);
  }
  RunDirectory(const RunDirectory&) = delete;
  RunDirectory& operator=(const RunDirectory&) = delete;
  const std::string& path() const { return path_; }
  std::string journal() const { return path_ + "/" + kJournalName; }

 private:
  std::string path_;
};

inline Scenario LoadScenario(const std::string& path) {
  return {trials::TrialBench(path).manifest(), path, "digest"};
}
inline Scenario OwnScenario(const std::string& name) {
  return LoadScenario(trials::ScenarioPath(name));
}
// One that cannot be asked for its manifest: claims would have known it from elsewhere.
inline Scenario BrokenScenario(const std::string& name) {
  Scenario scenario;
  scenario.manifest.name = name;
  scenario.manifest.ends = {{EndKind::kReturn, 0}};
  scenario.plugin_path = trials::ChildPath(name);
  return scenario;
}

inline Claim MakeClaim(const std::string& id, Quantifier quantifier, const std::string& scenario,
                       VehicleKind vehicle, Finding finding) {
  Claim claim;
  claim.id = id;
  claim.quantifier = quantifier;
  claim.experiment.names = {scenario};
  claim.experiment.vehicles = {vehicle};
  claim.experiment.finding = finding;
  claim.target = 0.2;  // 14 trials
  return claim;
}

inline PlannedCell MakeCell(const std::string& scenario, VehicleKind vehicle) {
  PlannedCell cell;
  cell.key = {scenario, vehicle};
  cell.treatment = 14;
  cell.no_fault = 2;
  cell.positive = 3;  // one hit of each kind
  return cell;
}
inline constexpr std::uint64_t kCellTrials = 14 + 2 + 3;

inline RunPlan MakePlan(std::vector<Claim> claims, std::vector<Scenario> scenarios,
                        std::vector<PlannedCell> cells) {
  RunPlan plan;
  plan.run_id = "test";
  plan.seed = 42;
  plan.claims = std::move(claims);
  plan.scenarios = std::move(scenarios);
  plan.cells = std::move(cells);
  return plan;
}

// What a listener is told, with hooks.
class Recorder : public ProgressListener {
 public:
  void Tick(const Progress& progress) override {
    if (on_tick) on_tick(progress);
  }
  void TrialFinished(const Trial& trial) override {
    trials.push_back(trial);
    if (on_trial) on_trial(trial);
  }
  void ClaimDecided(std::size_t index, const Verdict& verdict) override {
    decided.push_back(index);
    outcomes.push_back(verdict.outcome);
  }
  void TrialSlow(const RunningTrial& trial) override { slow.push_back(trial); }
  void LeakFound(const Leak& leak) override { leaks.push_back(leak.what); }
  void Asked(const Progress& progress) override { answers.push_back(progress); }
  void Interrupted(int times, std::size_t in_flight) override {
    EXPECT_EQ(times, static_cast<int>(interruptions.size()) + 1);
    interruptions.push_back(in_flight);
  }
  void Notice(const std::string& text) override { notices.push_back(text); }

  std::vector<Trial> trials;
  std::vector<std::size_t> decided;
  std::vector<Outcome> outcomes;
  std::vector<std::string> notices;
  std::vector<RunningTrial> slow;
  std::vector<std::string> leaks;
  std::vector<Progress> answers;
  std::vector<std::size_t> interruptions;  // trials in flight
  std::function<void(const Progress&)> on_tick;
  std::function<void(const Trial&)> on_trial;
};

inline RunReport Run(const RunPlan& plan, const RunDirectory& directory, Recorder& recorder,
                     std::vector<std::string> blind = {}, Nanoseconds timeout = trials::kGenerous) {
  CampaignOptions options;
  options.directory = directory.path();
  options.trial_timeout = timeout;
  options.blind = std::move(blind);
  const Installation installation{trials::kZygote, "", ""};
  return trials::OrThrow(RunCampaign(installation, plan, options, recorder));
}

// The same judge over the stored journal.
inline RunReport JudgeAgain(const std::string& journal) {
  std::optional<Judge> judge;
  const auto end =
      trials::OrThrow(ReadJournal(journal, [&](const Record& record) -> Expected<void> {
        if (const auto* plan = std::get_if<RunPlan>(&record)) judge.emplace(*plan);
        if (!judge) return Fail("the plan is not first");
        judge->Add(record);
        return {};
      }));
  if (!judge) throw std::runtime_error("an empty journal");
  RunReport report = judge->Report();
  report.journal_digest = end.head;
  return report;
}

inline bool Accounted(const Accounting& a) {
  std::uint64_t because = 0;
  for (const auto& [why, count] : a.skipped_because) because += count;
  return a.planned == a.executed + a.skipped + a.broken && because == a.skipped;
}

}  // namespace bulkhead::campaigns

#endif  // BULKHEAD_TESTS_SUPERVISOR_CAMPAIGN_RUN_H_
