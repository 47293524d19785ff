// `bulkhead run`: the main job, from claims to a directory with verdicts.  Everything that the
// person can get wrong is refused before the directory is made.
//
// Runs in: supervisor.
#include <fmt/format.h>

#include <memory>
#include <random>

#include "harness/cli/command.h"
#include "harness/cli/conduct.h"
#include "harness/cli/event_stream.h"
#include "harness/cli/exit_code.h"
#include "harness/cli/github.h"
#include "harness/cli/lab_sheet.h"
#include "harness/cli/records.h"
#include "harness/cli/run_directory.h"
#include "harness/cli/run_lines.h"
#include "harness/cli/run_options.h"
#include "harness/cli/table.h"
#include "harness/cli/terminal_progress.h"
#include "harness/cli/workbench.h"
#include "harness/journal/journal.h"
#include "harness/model/names.h"
#include "harness/os/file.h"
#include "harness/supervisor/campaign.h"
#include "harness/supervisor/estimate.h"
#include "reports/text.h"
#include "reports/wording.h"

namespace bulkhead {
namespace {

std::uint64_t RandomSeed() {
  std::random_device device;
  return (std::uint64_t{device()} << 32) | device();
}

struct Prepared {
  Installation installation;
  std::vector<std::string> notices;
  RunPlan plan;
};

Expected<Prepared> Prepare(const RunOptions& options) {
  Prepared prepared;
  auto installation = FindInstallation();
  if (!installation) return tl::make_unexpected(installation.error());
  prepared.installation = *installation;
  auto claims = SelectClaims(installation->claim_dir, options.claims, options.excluded);
  if (!claims) return tl::make_unexpected(claims.error());
  auto catalog = LoadScenarios(*installation, options.scenario_directory, options.plugins);
  if (!catalog) return tl::make_unexpected(catalog.error());
  AddStandIns(*catalog, *claims);
  prepared.notices = Replacements(installation->claim_dir, *claims);
  for (const BrokenPlugin& broken : catalog->broken) {
    prepared.notices.push_back("plugin " + broken.path + " cannot be used: " + broken.why);
  }
  auto faults = SelectScenarios(*catalog, options.faults, options.tags);
  if (!faults) return tl::make_unexpected(faults.error());

  PlanRequest request;
  request.claims = std::move(*claims);
  request.scenarios = std::move(catalog->scenarios);
  request.only_faults = std::move(*faults);
  request.only_vehicles = options.vehicles;
  request.profile = options.profile;
  request.trials = options.trials;
  request.bound = options.bound;
  request.confidence = options.confidence;
  request.seed = options.seed ? *options.seed : RandomSeed();
  request.jobs = static_cast<std::uint32_t>(options.jobs);
  AskThisMachine(request, options.allowed);
  auto plan = MakePlan(request);
  if (!plan) return tl::make_unexpected(plan.error());
  prepared.plan = std::move(*plan);
  if (const auto pace = MeasurePace()) prepared.plan.estimate = EstimateOf(prepared.plan, *pace);
  return prepared;
}

int ShowPlan(const RunPlan& plan, const Stream& out) {
  bool any = false;
  std::vector<std::vector<std::string>> rows;
  for (const PlannedCell& cell : plan.cells) {
    if (!cell.not_applicable.empty()) {
      rows.push_back({CellName(cell.key), "not applicable: " + cell.not_applicable});
      continue;
    }
    any = true;
    rows.push_back(
        {CellName(cell.key), fmt::format("{} trials, {} no-fault and {} positive controls",
                                         cell.treatment, cell.no_fault, cell.positive)});
  }
  out.Write(AlignColumns(rows, out.terminal ? out.Width() : 0));
  if (out.terminal) {
    const auto width = static_cast<std::size_t>(out.Width());
    for (const std::string& line : text::Wrap(PlanLine(plan), width)) out.Line(line);
    out.Line("nothing was run");
  } else {
    out.Line(PlanRecord(plan));
  }
  return any ? kAsExpected : kNothingRan;
}

// What a lab report needs beside the run, checked before anything is run.
struct LabMaterial {
  LabSheet sheet;
  std::optional<std::string> predictions;  // the text of their file
};

Expected<LabMaterial> ReadLabMaterial(const RunOptions& options,
                                      std::vector<std::string>& notices) {
  LabMaterial material;
  auto text = ReadIfThere(options.lab.predictions, kPredictionsName);
  if (!text) return tl::make_unexpected(text.error());
  if (*text) {
    const std::string path =
        options.lab.predictions.empty() ? kPredictionsName : options.lab.predictions;
    auto predictions = ParsePredictions(**text, path);
    if (!predictions) return tl::make_unexpected(predictions.error());
    material.predictions = std::move(*text);
    notices.push_back("the run takes along " + wording::Counted(predictions->size(), "prediction") +
                      " of " + path);
  }
  if (!AnyLab(options.formats) && options.lab.sheet.empty()) return material;
  std::string note;
  auto sheet = ReadLabSheet(options.lab, note);
  if (!sheet) return tl::make_unexpected(sheet.error());
  material.sheet = std::move(*sheet);
  if (!note.empty()) notices.push_back(note);
  return material;
}

Expected<int> Run(const RunOptions& options, const Context& context) {
  BecomeSupervisor();
  auto prepared = Prepare(options);
  if (!prepared) return tl::make_unexpected(prepared.error());
  RunPlan& plan = prepared->plan;
  if (options.dry_run) return ShowPlan(plan, context.console.out);
  auto lab = ReadLabMaterial(options, prepared->notices);
  if (!lab) return tl::make_unexpected(lab.error());

  plan.blind = options.blind;
  auto directory = OpenRun(plan, options.output, context);
  if (!directory) return tl::make_unexpected(directory.error());

  if (lab->predictions) {
    auto kept = os::WriteFile(*directory + "/" + kPredictionsName, *lab->predictions);
    if (!kept) return tl::make_unexpected(kept.error());
  }

  const Stream& err = context.console.err;
  TerminalProgress show(options.events ? Console{err, err} : context.console, plan, options.show);
  EventStream events(context.console.out, plan, show);
  ProgressListener& listener = options.events ? static_cast<ProgressListener&>(events) : show;
  show.Begin(*directory);
  if (options.events) events.Begin(*directory);
  for (const std::string& notice : prepared->notices) listener.Notice(notice);
  for (const std::string& notice : plan.cleaned_up) listener.Notice(notice);
  CampaignOptions campaign;
  campaign.directory = *directory;
  campaign.trial_timeout = options.timeout;
  campaign.core = options.core;
  campaign.blind = options.blind;
  auto report = Conduct(prepared->installation, plan, campaign, listener);
  if (!report) return tl::make_unexpected(report.error());

  std::vector<const Writer*> writers = Distinct(options.formats);
  if (writers.empty()) writers = {FindWriter("html"), FindWriter("markdown")};
  WriteOptions write;
  write.language = options.show.language;
  write.junit_cells = options.junit_cells;
  write.lab = &lab->sheet;
  if (auto done = AddPredictions({}, *directory + "/" + kJournalName, lab->sheet); !done) {
    return tl::make_unexpected(done.error());
  }
  if (auto done = CloseRun(*directory, *report, writers, write); !done) {
    return tl::make_unexpected(done.error());
  }
  PointLatestAt(*directory);
  // The one named first is what somebody wants to read.
  show.Finish(*report, *directory + "/" + std::string(writers.front()->file_name));
  if (options.events) events.Finish(*report);
  TellGithub(*report, write, context);
  return report->exit_code;
}

}  // namespace

Action AddRun(CLI::App& app) {
  auto options = std::make_shared<RunOptions>();
  AddRunOptions(app, *options);
  return [options](const Context& context) { return Run(*options, context); };
}

}  // namespace bulkhead
