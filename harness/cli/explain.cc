// `bulkhead explain TOPIC`: what a claim says and how it is decided, what a scenario does, what a
// vehicle keeps apart, what a verdict, a finding, a tag or a word of the reports means.
//
// Runs in: supervisor.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "harness/base/suggest.h"
#include "harness/cli/command.h"
#include "harness/cli/exit_code.h"
#include "harness/cli/glossary.h"
#include "harness/cli/option_values.h"
#include "harness/cli/run_options.h"
#include "harness/cli/table.h"
#include "harness/cli/workbench.h"
#include "harness/model/names.h"
#include "harness/supervisor/preflight.h"
#include "reports/text.h"
#include "reports/wording.h"

namespace bulkhead {
namespace {

struct ExplainOptions {
  std::string topic;
  std::string language;  // empty: all
  std::string scenario_directory;
  std::vector<std::string> plugins;
};

// A page of labelled paragraphs.
class Page {
 public:
  explicit Page(const Stream& out) : out_(out), width_(out.terminal ? out.Width() : 80) {}

  void Title(std::string_view text) { out_.Line(out_.Paint(Tone::kStrong, text)); }
  void Heading(std::string_view text) {
    Flush();
    out_.Line("");
    Title(text);
  }
  void Row(std::string_view label, std::string_view text) {
    label_width_ = std::max(label_width_, label.size());
    rows_.push_back({"  " + std::string(label), text::OneLine(text)});
  }
  // A path or digest, below the rows so far: never broken, so that it can be copied.
  void Verbatim(std::string_view label, std::string_view text) {
    Flush();
    out_.Line(fmt::format("  {:<{}}  {}", label, label_width_, text::OneLine(text)));
  }
  void Flush() {
    out_.Write(AlignColumns(rows_, width_));
    rows_.clear();
  }

 private:
  const Stream& out_;
  int width_;
  std::size_t label_width_ = 0;
  std::vector<std::vector<std::string>> rows_;
};

std::string Join(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, ", "));
}

std::string Name(VehicleKind vehicle) { return std::string(TraitsOf(vehicle).name); }

void ShowExperiment(const Claim& claim, Page& page) {
  const Experiment& experiment = claim.experiment;
  page.Heading("Experiment");
  if (experiment.ratio) {
    page.Row("measures", fmt::format("median of {} / median of {}; claimed: above {}",
                                     experiment.ratio->numerator, experiment.ratio->denominator,
                                     experiment.ratio->than));
  } else {
    page.Row(
        "looks for",
        fmt::format("{}: {}; {}", NameOf(experiment.finding), wording::Meaning(experiment.finding),
                    claim.quantifier == Quantifier::kMay ? "a witness" : "a violation"));
  }
  if (!experiment.tags.empty()) page.Row("tags", Join(experiment.tags));
  if (!experiment.names.empty()) page.Row("scenarios", Join(experiment.names));
  if (!experiment.except.empty()) page.Row("except", Join(experiment.except));
  std::vector<std::string> vehicles;
  for (const VehicleKind vehicle : experiment.vehicles) vehicles.push_back(Name(vehicle));
  page.Row("vehicles", Join(vehicles));
  if (!experiment.readings.empty()) page.Row("readings", Join(experiment.readings));
}

void ShowCells(const RunPlan& plan, Page& page) {
  const auto here = std::ranges::count(plan.cells, std::string(), &PlannedCell::not_applicable);
  page.Heading(fmt::format("Cells ({} of {} can run on this machine)", here, plan.cells.size()));
  for (const PlannedCell& cell : plan.cells) {
    page.Row(CellName(cell.key), cell.not_applicable.empty()
                                     ? fmt::format("{} trials + {} no-fault + {} positive",
                                                   cell.treatment, cell.no_fault, cell.positive)
                                     : "not applicable: " + cell.not_applicable);
  }
  page.Heading("Controls");
  page.Row("no-fault", "the same trial without its fault: everybody must live, act and be whole");
  page.Row("positive", "a bystander is truly hit: the observers must report exactly that");
  page.Row("", "when a control fails, the verdict is inconclusive, whatever the trials show");
}

void ShowReading(const Claim& claim, Page& page) {
  page.Heading("How to read the verdict");
  page.Row(NameOf(claim.quantifier), wording::Meaning(claim.quantifier));
  if (claim.quantifier == Quantifier::kAlways) {
    page.Row("target", fmt::format("a rate of at most {}", wording::Percent(claim.target)));
  }
  for (const Named<Outcome>& outcome : NamesOf<Outcome>()) {
    if (claim.quantifier == Quantifier::kMay &&
        (outcome.value == Outcome::kRefuted || outcome.value == Outcome::kConditional)) {
      continue;  // never by testing
    }
    page.Row(outcome.name, wording::Meaning(outcome.value));
  }
  page.Row("expected", claim.expect ? fmt::format("{}; decides the exit code, never the verdict",
                                                  NameOf(*claim.expect))
                                    : std::string("nothing"));
}

void ShowClaim(const Claim& claim, const RunPlan& plan, const std::string& language, Page& page) {
  page.Title(claim.id);
  for (const auto& [tag, text] : claim.text) {
    if (!language.empty() && tag != language) continue;
    page.Row(tag, tag == claim.original && claim.text.size() > 1 ? text + " (original)" : text);
  }
  if (!language.empty() && !claim.text.contains(language)) {
    page.Row(claim.original, wording::ClaimText(claim, language));
  }
  for (const Source& source : claim.sources) page.Row("source", wording::SourceLine(source));
  page.Verbatim("file", fmt::format("{}:{}", claim.file, claim.line));
  if (!claim.rationale.empty()) page.Row("why so", claim.rationale);
  ShowExperiment(claim, page);
  ShowCells(plan, page);
  ShowReading(claim, page);
  page.Heading("Next");
  page.Row("bulkhead run", claim.id);
  page.Flush();
}

std::string Describe(const ExpectedEnd& end) {
  switch (end.kind) {
    case EndKind::kSignal:
      return "its process ends by " + SignalName(end.value);
    case EndKind::kExit:
      return fmt::format("its process exits with {}", end.value);
    case EndKind::kThread:
      return "its thread is gone, its process lives";
    case EndKind::kReturn:
      return "it has acted and goes on";
    case EndKind::kSpinning:
      return "it burns CPU time and never returns";
    case EndKind::kBlocked:
      return "it sleeps in a system call and never returns";
    case EndKind::kStopped:
      return "its process is stopped, and it never returns";
  }
  return "";
}

void ShowScenario(const Scenario& scenario, Page& page) {
  const Manifest& manifest = scenario.manifest;
  page.Title(manifest.name);
  page.Row("what", manifest.summary);
  page.Row("kind", NameOf(manifest.kind));
  page.Row("tags", Join(manifest.tags));
  page.Row("danger", NameOf(manifest.danger));
  if (!manifest.needs.empty()) page.Row("needs", Join(manifest.needs));
  if (manifest.everyone_acts) page.Row("who acts", "every unit at once");
  if (manifest.shared_mapping) page.Row("memory", "units share some on purpose");
  if (manifest.exclusive) page.Row("runs", "alone, without any other trial beside it");
  for (const ExpectedEnd& end : manifest.ends) page.Row("the victim", Describe(end));
  if (manifest.ends.empty()) page.Row("the victim", "no certain end here");
  const std::string why_not = WhyNoScenario(manifest, {});
  page.Row("here", why_not.empty() ? "can run" : why_not);
  page.Verbatim("plugin", scenario.plugin_path);
  page.Verbatim("SHA-256", scenario.plugin_digest);
  page.Flush();
}

void ShowVehicle(const VehicleTraits& vehicle, Page& page) {
  page.Title(vehicle.name);
  page.Row("what", vehicle.summary);
  page.Row("memory", vehicle.shares_memory ? "units share one address space"
                                           : "each unit has its own address space");
  page.Row("victim", vehicle.victim_is_process ? "a process: the kernel attests its end"
                                               : "a thread of the host process");
  page.Row("bystanders", vehicle.bystanders_are_processes ? "processes" : "threads of the host");
  if (vehicle.has_host) page.Row("host", "a disposable process holds the units");
  const std::string why_not = WhyNoVehicle(vehicle.kind);
  page.Row("here", why_not.empty() ? "granted" : why_not);
  page.Flush();
}

void ShowVerdict(Outcome outcome, Page& page) {
  page.Title(NameOf(outcome));
  const VerdictGuide& guide = GuideOf(outcome);
  page.Row("means", wording::Meaning(outcome));
  page.Row("always", guide.always);
  page.Row("may", guide.may);
  page.Row("ratio", guide.ratio);
  page.Row("exit code", guide.exit_code);
  page.Row("next", guide.next);
  page.Row("never", "\"proved\" or \"safe\": a verdict is about the trials that were run here");
  page.Flush();
}

void ShowWord(const GlossaryWord& word, Page& page) {
  page.Title(word.word);
  page.Row("means", word.meaning);
  if (!word.more.empty()) page.Row("see", word.more);
  page.Flush();
}

void ShowFinding(Finding finding, const std::vector<Claim>& claims, Page& page) {
  page.Title(NameOf(finding));
  page.Row("means", wording::Meaning(finding));
  page.Row("always", "a trial that shows it is a violation: it speaks against the claim");
  page.Row("may", "a trial that shows it is a witness: it supports the claim");
  std::vector<std::string> ids;
  for (const Claim& claim : claims) {
    if (claim.quantifier != Quantifier::kRatio && claim.experiment.finding == finding) {
      ids.push_back(claim.id);
    }
  }
  page.Row("claims", ids.empty() ? "no installed one looks for it" : Join(ids));
  page.Flush();
}

// Whether `tag` is one.
bool ShowTag(const std::string& tag, const Catalog& catalog, const std::vector<Claim>& claims,
             Page& page) {
  std::vector<std::string> scenarios, ids;
  for (const Scenario& scenario : catalog.scenarios) {
    if (scenario.manifest.HasTag(tag)) scenarios.push_back(scenario.manifest.name);
  }
  if (scenarios.empty()) return false;
  for (const Claim& claim : claims) {
    if (std::ranges::find(claim.experiment.tags, tag) != claim.experiment.tags.end()) {
      ids.push_back(claim.id);
    }
  }
  page.Title(tag);
  page.Row("is", "a tag: claims and --tag choose scenarios by it");
  page.Row("scenarios", Join(scenarios));
  page.Row("claims", ids.empty() ? "no installed one chooses by it" : Join(ids));
  page.Flush();
  return true;
}

template <typename List, typename Projection>
void AddNames(std::vector<std::string>& names, const List& list, Projection name) {
  for (const auto& item : list) names.emplace_back(name(item));
}

Expected<int> Explain(const ExplainOptions& options, const Context& context) {
  Page page(context.console.out);
  const std::string& topic = options.topic;
  if (const auto outcome = Find<Outcome>(topic)) {
    ShowVerdict(*outcome, page);
    return kAsExpected;
  }
  if (const auto vehicle = FindVehicle(topic)) {
    ShowVehicle(TraitsOf(*vehicle), page);
    return kAsExpected;
  }
  if (const GlossaryWord* word = FindWord(topic)) {
    ShowWord(*word, page);
    return kAsExpected;
  }
  const auto installation = FindInstallation();
  if (!installation) return tl::make_unexpected(installation.error());
  const bool is_file = topic.ends_with(".toml") || topic.find('/') != std::string::npos;
  auto claims = SelectClaims(installation->claim_dir,
                             is_file ? std::vector{topic} : std::vector<std::string>{}, {});
  if (!claims) return tl::make_unexpected(claims.error());
  if (const auto finding = Find<Finding>(topic)) {
    ShowFinding(*finding, *claims, page);
    return kAsExpected;
  }
  auto catalog = LoadScenarios(*installation, options.scenario_directory, options.plugins);
  if (!catalog) return tl::make_unexpected(catalog.error());
  if (const Scenario* scenario = catalog->Find(topic)) {
    ShowScenario(*scenario, page);
    return kAsExpected;
  }
  if (ShowTag(topic, *catalog, *claims, page)) return kAsExpected;
  AddStandIns(*catalog, *claims);
  bool found = false;
  for (const Claim& claim : *claims) {
    if (!is_file && !MatchesGlob(topic, claim.id)) continue;
    PlanRequest request;
    request.claims = {claim};
    request.scenarios = catalog->scenarios;
    AskThisMachine(request, {});
    const auto plan = MakePlan(request);
    if (!plan) return tl::make_unexpected(plan.error());
    if (found) context.console.out.Line("");
    ShowClaim(claim, *plan, options.language, page);
    found = true;
  }
  if (found) return kAsExpected;
  std::vector<std::string> names = AllNames<Outcome>();
  AddNames(names, VehicleNames(), [](const std::string& name) { return name; });
  AddNames(names, catalog->scenarios, [](const Scenario& one) { return one.manifest.name; });
  AddNames(names, *claims, [](const Claim& claim) { return claim.id; });
  AddNames(names, AllNames<Finding>(), [](const std::string& name) { return name; });
  AddNames(names, Glossary(), [](const GlossaryWord& word) { return word.word; });
  for (const Scenario& scenario : catalog->scenarios) {
    AddNames(names, scenario.manifest.tags, [](const std::string& tag) { return tag; });
  }
  const std::string nearest = Nearest(topic, names);
  return FailUser("nothing is called \"" + topic +
                  "\"; accepted: a claim, scenario, vehicle, verdict, finding, tag, word of the "
                  "reports or claim file, see `bulkhead list`" +
                  (nearest.empty() ? "" : " (did you mean \"" + nearest + "\"?)"));
}

}  // namespace

Action AddExplain(CLI::App& app) {
  auto options = std::make_shared<ExplainOptions>();
  app.add_option("topic", options->topic,
                 "a claim (id, pattern or file), scenario, vehicle, verdict, finding, tag, or a "
                 "word of the reports")
      ->type_name("TOPIC")
      ->required();
  AddLanguageOption(app, options->language);
  AddOption(app, "--scenarios", options->scenario_directory, ParseText,
            "take the scenario plugins of this directory")
      ->type_name("DIR");
  AddListOption(app, "--plugin", options->plugins, ParseText, "one more scenario plugin (.so)")
      ->type_name("FILE");
  return [options](const Context& context) { return Explain(*options, context); };
}

}  // namespace bulkhead
