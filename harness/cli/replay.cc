// `bulkhead replay RUN#TRIAL`: repeats one trial of a stored run with its seed, arm, vehicle,
// bystanders and processor, and says how often it showed the same.  The evidence is a run of its
// own, with a journal.
//
// Runs in: supervisor.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <memory>

#include "harness/cli/command.h"
#include "harness/cli/conduct.h"
#include "harness/cli/exit_code.h"
#include "harness/cli/option_values.h"
#include "harness/cli/run_options.h"
#include "harness/cli/showing.h"
#include "harness/cli/stored_run.h"
#include "harness/cli/terminal_progress.h"
#include "harness/cli/workbench.h"
#include "harness/model/names.h"
#include "harness/model/wire.h"
#include "harness/os/affinity.h"
#include "harness/supervisor/preflight.h"
#include "harness/supervisor/replay_plan.h"
#include "reports/text.h"
#include "reports/timeline.h"
#include "reports/wording.h"

namespace bulkhead {
namespace {

constexpr std::uint64_t kMostTimes = 10'000;
constexpr std::uint64_t kFew = 20;      // repetitions that get a line each
constexpr std::size_t kMostKinds = 10;  // of differences among more
constexpr char kForm[] = "RUN#TRIAL, such as latest#17";

struct ReplayOptions {
  std::string trial;  // RUN#TRIAL
  std::uint64_t times = 1;
  bool same_layout = false;
  bool expect_same = false;
  std::string output;
  std::vector<std::string> plugins;
  std::string scenario_directory;
  std::vector<Danger> allowed;
  Nanoseconds timeout = 5 * kSecond;
};

Expected<StoredTrial> FindTrial(const std::string& asked) {
  const std::size_t hash = asked.rfind('#');
  if (hash == std::string::npos || hash == 0) {
    return FailUser("found \"" + asked + "\"; accepted: " + kForm);
  }
  const auto number =
      ParseCount(asked.substr(hash + 1), 1, std::numeric_limits<std::uint64_t>::max());
  if (!number) return FailUser("found \"" + asked + "\"; accepted: " + kForm);
  auto stored = ReadStoredTrial(asked.substr(0, hash), *number);
  // Nobody's wish, but a damaged or made-up record.
  if (stored && stored->trial.plan.bystanders + 2 > wire::kMostUnits) {
    return FailUser(fmt::format("{}: it has {} bystanders; accepted: at most {}", asked,
                                stored->trial.plan.bystanders, wire::kMostUnits - 2));
  }
  return stored;
}

const Scenario* ScenarioOf(const RunPlan& plan, const std::string& name) {
  const auto found = std::ranges::find_if(
      plan.scenarios, [&](const Scenario& one) { return one.manifest.name == name; });
  return found == plan.scenarios.end() ? nullptr : &*found;
}

// The plugin at hand.  The path in the journal is a stranger's word: nothing is loaded from there.
Expected<Scenario> FindScenario(const ReplayOptions& options, const Installation& installation,
                                const StoredTrial& stored) {
  const std::string& name = stored.trial.plan.cell.scenario;
  auto catalog = LoadScenarios(installation, options.scenario_directory, options.plugins);
  if (!catalog) return tl::make_unexpected(catalog.error());
  if (const Scenario* found = catalog->Find(name)) return *found;
  const Scenario* then = ScenarioOf(stored.plan, name);
  for (const BrokenPlugin& broken : catalog->broken) {
    if (then != nullptr && broken.path == then->plugin_path) {
      return Fail("plugin " + broken.path + " cannot be used: " + broken.why);
    }
  }
  return FailUser(text::OneLine("no plugin of scenario \"" + name +
                                "\" is installed; accepted: --plugin FILE" +
                                (then == nullptr ? "" : ", it was " + then->plugin_path)));
}

// What is not as it was.
std::vector<std::string> Notes(const ReplayOptions& options, const StoredTrial& stored,
                               const RunPlan& plan) {
  std::vector<std::string> notes;
  const Scenario& now = plan.scenarios.front();
  const Scenario* then = ScenarioOf(stored.plan, now.manifest.name);
  if (then != nullptr && then->plugin_digest != now.plugin_digest) {
    notes.push_back(
        fmt::format("plugin {} is not that of the run: its SHA-256 is {:.12}..., was {:.12}...",
                    now.plugin_path, now.plugin_digest, then->plugin_digest));
  }
  std::string differs;
  const auto compare = [&](std::string_view what, std::string_view was, std::string_view is) {
    if (was == is) return;
    differs += fmt::format("{}{} is {}, was {}", differs.empty() ? "" : "; ", what,
                           is.empty() ? "not known" : is, was.empty() ? "not known" : was);
  };
  compare("bulkhead", stored.plan.tool_version, plan.tool_version);
  for (const char* key : {"machine", "cpu.model", "cpu.count", "kernel.release", "kernel.aslr",
                          "libc", "memory.huge_pages", "privileges", "harness.sanitizer"}) {
    compare(key, wording::EnvelopeValue(stored.plan.envelope, key),
            wording::EnvelopeValue(plan.envelope, key));
  }
  if (!differs.empty()) notes.push_back("not all is as it was: " + differs);
  const std::vector<int> cpus = os::AllowedCpus();
  if (stored.cpu >= 0 && std::ranges::find(cpus, stored.cpu) == cpus.end()) {
    notes.push_back(fmt::format("processor {} may not be used here; another one is", stored.cpu));
  }
  if (stored.plan.jobs > 1) {
    notes.push_back(
        fmt::format("it runs alone; that run had up to {} trials at a time", stored.plan.jobs));
  }
  notes.push_back(options.same_layout
                      ? "all repetitions share one memory layout; that of the run is not replayed"
                      : "a seed does not replay a memory layout: each repetition has a new one "
                        "(--same-layout: one for all)");
  if (!plan.blind.empty()) notes.push_back(wording::BlindNotice(plan));
  return notes;
}

// Compares each repetition with the trial of the run.
class Repetitions : public TerminalProgress {
 public:
  Repetitions(const Stream& err, const RunPlan& plan, Showing then)
      : TerminalProgress({err, err}, plan, {}), plan_(plan), then_(std::move(then)) {}

  void ClaimDecided(std::size_t, const Verdict&) override {}  // one trial decides none
  void TrialFinished(const Trial& trial) override {
    if (!trial.trouble.empty()) {
      Add("not carried out: " + text::OneLine(trial.trouble));
      return;
    }
    const auto& manifest = plan_.scenarios.front().manifest;
    const std::string difference = Difference(then_, ShowingOf(plan_.claims, manifest, trial));
    if (difference.empty()) ++same_;
    Add(difference.empty() ? "same" : "different: " + difference);
  }

  std::uint64_t same() const { return same_; }
  void Show(std::uint64_t times, const Stream& out) const {
    if (times <= kFew) {
      for (std::size_t i = 0; i < in_order_.size(); ++i) {
        out.Line(fmt::format("{}/{} {}", i + 1, times, in_order_[i]));
      }
      return;
    }
    std::vector<std::pair<std::uint64_t, std::string>> kinds;
    for (const auto& [what, count] : kinds_) kinds.emplace_back(count, what);
    std::ranges::stable_sort(kinds, std::greater(), &std::pair<std::uint64_t, std::string>::first);
    for (std::size_t i = 0; i < std::min(kinds.size(), kMostKinds); ++i) {
      out.Line(fmt::format("{} {}", wording::Count(kinds[i].first), kinds[i].second));
    }
    if (kinds.size() > kMostKinds) {
      out.Line(fmt::format("and {}, see the journal",
                           wording::Counted(kinds.size() - kMostKinds, "rarer way")));
    }
  }

 private:
  void Add(std::string what) {
    ++kinds_[what];
    if (in_order_.size() < kFew) in_order_.push_back(std::move(what));
  }

  const RunPlan& plan_;
  const Showing then_;
  std::uint64_t same_ = 0;
  std::vector<std::string> in_order_;  // the first ones
  std::map<std::string, std::uint64_t> kinds_;
};

// Counted by the judge: what is unclear or void is in no rate.
void ShowClaims(const RunReport& report, const Showing& then, const Stream& out) {
  for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
    const Claim& claim = wording::ClaimOf(report, i);
    const std::string name = text::OneLine(claim.id);
    for (const CellResult& cell : report.verdicts[i].cells) {
      if (claim.quantifier == Quantifier::kRatio) {
        out.Line(fmt::format("{}: samples are not compared; the ratio is {} here", name,
                             cell.ratio ? wording::Ratio(*cell.ratio) : "–"));
        continue;
      }
      const auto aspect = std::ranges::find(then, "claim " + name, &Aspect::what);
      const bool again = aspect != then.end() && aspect->value == "shown";
      std::string line = fmt::format("{}: shown {}in {} of {}", name, again ? "again " : "",
                                     wording::Count(cell.found), wording::Count(cell.counted));
      if (cell.counted > 0) {
        line += fmt::format(", rate from {} to {} at {} confidence", wording::Percent(cell.lower),
                            wording::Percent(cell.upper), wording::Percent(report.plan.confidence));
      }
      if (!again && aspect != then.end()) line += "; it was " + aspect->value;
      out.Line(line);
    }
  }
}

void ShowControls(const CellResult& cell, const Stream& out) {
  for (const ControlTally* tally : {&cell.no_fault, &cell.positive}) {
    if (tally->run > 0) out.Line("control: " + wording::Controls(*tally));
  }
}

int ExitCodeOf(const ReplayOptions& options, const RunReport& report, std::uint64_t same) {
  if (report.end.interrupted) return kInterrupted;
  if (report.end.accounting.executed == 0) return kUnfit;
  return options.expect_same && same < options.times ? kUnexpected : kAsExpected;
}

Expected<int> Run(const ReplayOptions& options, const Context& context) {
  BecomeSupervisor();
  const auto stored = FindTrial(options.trial);
  if (!stored) return tl::make_unexpected(stored.error());
  const Trial& trial = stored->trial;
  const auto installation = FindInstallation();
  if (!installation) return tl::make_unexpected(installation.error());
  const auto scenario = FindScenario(options, *installation, *stored);
  if (!scenario) return tl::make_unexpected(scenario.error());
  std::string why = WhyNoVehicle(trial.plan.cell.vehicle);
  if (why.empty()) why = WhyNoScenario(scenario->manifest, options.allowed);
  if (!why.empty()) return Fail(CellName(trial.plan.cell) + " cannot be run here: " + why);

  const Replay replay{stored->plan.run_id, trial.plan, stored->cpu, options.same_layout};
  RunPlan plan = PlanReplay(stored->plan, replay, *scenario, options.times);
  auto directory = OpenRun(plan, options.output, context);
  if (!directory) return tl::make_unexpected(directory.error());

  const Console& console = context.console;
  const Scenario* known = ScenarioOf(stored->plan, trial.plan.cell.scenario);
  const Manifest& manifest = known != nullptr ? known->manifest : scenario->manifest;
  const Showing then = ShowingOf(plan.claims, manifest, trial);
  console.out.Line(
      fmt::format("{} of run {}, {}, on {}", TrialLine(trial), text::OneLine(stored->plan.run_id),
                  wording::Counted(trial.plan.bystanders, "bystander"),
                  stored->cpu < 0 ? "all processors" : fmt::format("processor {}", stored->cpu)));
  console.out.Line("it showed: " + Told(then));
  for (const std::string& note : plan.cleaned_up) console.err.Line("note: " + note);
  for (const std::string& note : Notes(options, *stored, plan)) {
    console.err.Line("note: " + text::OneLine(note));
  }

  CampaignOptions campaign;
  campaign.directory = *directory;
  campaign.trial_timeout = options.timeout;
  campaign.blind = plan.blind;
  Repetitions repetitions(console.err, plan, then);
  const auto report = Conduct(*installation, plan, campaign, repetitions);
  if (!report) return tl::make_unexpected(report.error());
  if (auto done = CloseRun(*directory, *report, {}, {}); !done) {
    return tl::make_unexpected(done.error());
  }
  repetitions.Clear();
  repetitions.Show(options.times, console.out);
  console.out.Line(fmt::format("same in {} of {}", wording::Count(repetitions.same()),
                               wording::Count(report->end.accounting.executed)));
  if (trial.plan.arm == Arm::kTreatment) {
    ShowClaims(*report, then, console.out);
  } else if (!report->verdicts.empty()) {
    ShowControls(report->verdicts.front().cells.front(), console.out);
  }
  console.out.Line("evidence: " + *directory);
  console.out.Line(wording::AccountingLine(report->end.accounting));
  return ExitCodeOf(options, *report, repetitions.same());
}

}  // namespace

Action AddReplay(CLI::App& app) {
  auto options = std::make_shared<ReplayOptions>();
  app.add_option("trial", options->trial,
                 "the trial, as reports print it: a run (its id, directory or journal, or latest), "
                 "# and the number of the trial")
      ->type_name("RUN#TRIAL")
      ->required();
  AddOption(
      app, "--times", options->times,
      [](const std::string& text) { return ParseCount(text, 1, kMostTimes); }, "how often; 1")
      ->type_name("N");
  app.add_flag("--same-layout", options->same_layout,
               "all repetitions in one memory layout instead of a new one for each");
  app.add_flag("--expect-same", options->expect_same, "exit with 1 when something is different");
  AddOption(app, "-o,--output", options->output, ParseText,
            "directory of the evidence, new or empty; default: bulkhead-runs/<time>-<id>")
      ->type_name("DIR");
  AddPluginOptions(app, options->plugins, options->scenario_directory);
  AddAllowOption(app, options->allowed);
  AddTimeoutOption(app, options->timeout);
  app.footer(
      "Example: bulkhead replay latest#17 --times 100\n"
      "A run is found by its id in bulkhead-runs, here, and in the directories of here; one that\n"
      "was written elsewhere with -o is named by its directory: bulkhead replay DIR#17.\n"
      "The evidence is a run of its own, for `report` and `judge`; latest stays what it is.\n"
      "Exits with 0 when it was carried out, whatever came of it; 1 when --expect-same is given\n"
      "and something was different; 2 on bad input; 4 when nothing could be carried out; 130 when\n"
      "interrupted.");
  return [options](const Context& context) { return Run(*options, context); };
}

}  // namespace bulkhead
