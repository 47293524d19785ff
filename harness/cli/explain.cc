// `bulkhead explain TOPIC`: what a claim says and how it is decided, what a scenario does, what a
// vehicle keeps apart, what a verdict, a finding, a tag or a word of the reports means.  In the
// language of --lang or of the environment; names that are typed are the same in all of them.
//
// Runs in: supervisor.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>

#include "harness/base/suggest.h"
#include "harness/cli/command.h"
#include "harness/cli/exit_code.h"
#include "harness/cli/glossary.h"
#include "harness/cli/language_option.h"
#include "harness/cli/option_values.h"
#include "harness/cli/page.h"
#include "harness/cli/workbench.h"
#include "harness/model/names.h"
#include "harness/supervisor/preflight.h"
#include "reports/wording.h"

namespace bulkhead {
namespace {

struct ExplainOptions {
  std::string topic;
  std::optional<Language> language;  // none: of the environment
  std::string scenario_directory;
  std::vector<std::string> plugins;
};

std::string Join(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, ", "));
}

std::string Name(VehicleKind vehicle) { return std::string(TraitsOf(vehicle).name); }

void ShowExperiment(const Claim& claim, Page& page) {
  const Experiment& experiment = claim.experiment;
  const Translator& tr = page.tr;
  page.Heading(tr("Experiment"));
  if (experiment.ratio) {
    page.Row("measures", tr.Format("median of {} / median of {}; claimed: above {}",
                                   experiment.ratio->numerator, experiment.ratio->denominator,
                                   tr.Number(fmt::format("{}", experiment.ratio->than))));
  } else {
    page.Row("looks for",
             fmt::format(
                 "{}: {}; {}", NameOf(experiment.finding), tr(wording::Meaning(experiment.finding)),
                 claim.quantifier == Quantifier::kMay ? tr("a witness") : tr("a violation")));
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
  const Translator& tr = page.tr;
  page.Heading(tr.Format("Cells ({} of {} can run on this machine)", here, plan.cells.size()));
  for (const PlannedCell& cell : plan.cells) {
    page.Name(CellName(cell.key),
              cell.not_applicable.empty()
                  ? tr.FormatPlural("{} trial + {} no-fault + {} positive",
                                    "{} trials + {} no-fault + {} positive", cell.treatment,
                                    cell.treatment, cell.no_fault, cell.positive)
                  : tr.Format("not applicable: {}", tr.Known(cell.not_applicable)));
  }
  page.Heading(tr("Controls"));
  page.Name("no-fault",
            tr("the same trial without its fault: everybody must live, act and be whole"));
  page.Name("positive", tr("a bystander is truly hit: the observers must report exactly that"));
  page.Name("", tr("when a control fails, the verdict is inconclusive, whatever the trials show"));
}

void ShowReading(const Claim& claim, Page& page) {
  const Translator& tr = page.tr;
  page.Heading(tr("How to read the verdict"));
  page.Name(NameOf(claim.quantifier), tr(wording::Meaning(claim.quantifier)));
  if (claim.quantifier == Quantifier::kAlways) {
    page.Row("target", tr.Format("a rate of at most {}", wording::Percent(claim.target, tr)));
  }
  for (const Named<Outcome>& outcome : NamesOf<Outcome>()) {
    if (claim.quantifier == Quantifier::kMay &&
        (outcome.value == Outcome::kRefuted || outcome.value == Outcome::kConditional)) {
      continue;  // never by testing
    }
    page.Name(outcome.name, tr(wording::Meaning(outcome.value)));
  }
  page.Row("expected", claim.expect ? tr.Format("{}; decides the exit code, never the verdict",
                                                NameOf(*claim.expect))
                                    : std::string(tr("nothing")));
}

// The sentence as it was first said and in the language of the page (else English), or in all.
void ShowTexts(const Claim& claim, bool in_all, Page& page) {
  const Translator& tr = page.tr;
  const std::string own(CodeOf(tr.language()));
  const std::string shown = claim.text.contains(own) ? own : "en";
  for (const auto& [language, text] : claim.text) {
    const bool original = language == claim.original;
    if (!in_all && !original && language != shown) continue;
    page.Name(language,
              original && claim.text.size() > 1 ? tr.Format("{} (original)", text) : text);
  }
}

void ShowRationale(const Claim& claim, Page& page) {
  std::string language;
  const std::string why = wording::Rationale(claim, CodeOf(page.tr.language()), &language);
  if (why.empty()) return;
  page.Row("why so", language == CodeOf(page.tr.language())
                         ? why
                         : page.tr.Format("{} (there is no translation of this yet)", why));
}

void ShowClaim(const Claim& claim, const RunPlan& plan, bool in_all, Page& page) {
  page.Title(claim.id);
  ShowTexts(claim, in_all, page);
  for (const Source& source : claim.sources) {
    page.Row("source", wording::SourceLine(source, page.tr));
  }
  page.Verbatim("file", fmt::format("{}:{}", claim.file, claim.line));
  ShowRationale(claim, page);
  ShowExperiment(claim, page);
  ShowCells(plan, page);
  ShowReading(claim, page);
  page.Heading(page.tr("Next"));
  page.Name("bulkhead run", claim.id);
  page.Flush();
}

std::string Describe(const Translator& tr, const ExpectedEnd& end) {
  switch (end.kind) {
    case EndKind::kSignal:
      return tr.Format("its process ends by {}", SignalName(end.value));
    case EndKind::kExit:
      return tr.Format("its process exits with {}", end.value);
    case EndKind::kThread:
      return std::string(tr("its thread is gone, its process lives"));
    case EndKind::kReturn:
      return std::string(tr("it has acted and goes on"));
    case EndKind::kSpinning:
      return std::string(tr("it burns CPU time and never returns"));
    case EndKind::kBlocked:
      return std::string(tr("it sleeps in a system call and never returns"));
    case EndKind::kStopped:
      return std::string(tr("its process is stopped, and it never returns"));
  }
  return "";
}

void ShowScenario(const Scenario& scenario, Page& page) {
  const Manifest& manifest = scenario.manifest;
  const Translator& tr = page.tr;
  page.Title(manifest.name);
  page.Row("what", tr(manifest.summary));
  page.Row("kind", NameOf(manifest.kind));
  page.Row("tags", Join(manifest.tags));
  page.Row("danger", NameOf(manifest.danger));
  if (!manifest.needs.empty()) page.Row("needs", Join(manifest.needs));
  if (manifest.everyone_acts) page.Row("who acts", tr("every unit at once"));
  if (manifest.shared_mapping) page.Row("memory", tr("units share some on purpose"));
  if (manifest.exclusive) page.Row("runs", tr("alone, without any other trial beside it"));
  for (const ExpectedEnd& end : manifest.ends) page.Row("the victim", Describe(tr, end));
  if (manifest.ends.empty()) {
    page.Row("the victim", tr("no certain end here"));
  }
  const std::string why_not = WhyNoScenario(manifest, {});
  page.Row("here", why_not.empty() ? std::string(tr("can run")) : tr.Known(why_not));
  page.Verbatim("plugin", scenario.plugin_path);
  page.Verbatim("SHA-256", scenario.plugin_digest);
  page.Flush();
}

void ShowVehicle(const VehicleTraits& vehicle, Page& page) {
  const Translator& tr = page.tr;
  page.Title(vehicle.name);
  page.Row("what", tr(vehicle.summary));
  page.Row("memory", vehicle.shares_memory ? tr("units share one address space")
                                           : tr("each unit has its own address space"));
  page.Row("victim", vehicle.victim_is_process ? tr("a process: the kernel attests its end")
                                               : tr("a thread of the host process"));
  page.Row("bystanders",
           vehicle.bystanders_are_processes ? tr("processes") : tr("threads of the host"));
  if (vehicle.has_host) page.Row("host", tr("a disposable process holds the units"));
  const std::string why_not = WhyNoVehicle(vehicle.kind);
  page.Row("here", why_not.empty() ? std::string(tr("granted")) : tr.Known(why_not));
  page.Flush();
}

void ShowVerdict(Outcome outcome, Page& page) {
  page.Title(NameOf(outcome));
  const VerdictGuide& guide = GuideOf(outcome);
  const Translator& tr = page.tr;
  page.Row("means", tr(wording::Meaning(outcome)));
  page.Name("always", tr(guide.always));
  page.Name("may", tr(guide.may));
  page.Name("ratio", tr(guide.ratio));
  page.Row("exit code", tr(guide.exit_code));
  page.Row("next", tr(guide.next));
  page.Row("never", tr("\"proved\" or \"safe\": a verdict is about the trials that were run here"));
  page.Flush();
}

void ShowWord(const GlossaryWord& word, Page& page) {
  page.Title(word.word);
  const std::string_view term = page.tr(word.word);
  if (term != word.word) page.Name(EndonymOf(page.tr.language()), term);
  page.Row("means", page.tr(word.meaning));
  if (!word.more.empty()) page.Row("see", page.tr(word.more));
  page.Flush();
}

void ShowFinding(Finding finding, const std::vector<Claim>& claims, Page& page) {
  page.Title(NameOf(finding));
  const Translator& tr = page.tr;
  page.Row("means", tr(wording::Meaning(finding)));
  page.Name("always", tr("a trial that shows it is a violation: it speaks against the claim"));
  page.Name("may", tr("a trial that shows it is a witness: it supports the claim"));
  std::vector<std::string> ids;
  for (const Claim& claim : claims) {
    if (claim.quantifier != Quantifier::kRatio && claim.experiment.finding == finding) {
      ids.push_back(claim.id);
    }
  }
  page.Row("claims", ids.empty() ? std::string(tr("no installed one looks for it")) : Join(ids));
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
  page.Row("is", page.tr("a tag: claims and --tag choose scenarios by it"));
  page.Row("scenarios", Join(scenarios));
  page.Row("claims",
           ids.empty() ? std::string(page.tr("no installed one chooses by it")) : Join(ids));
  page.Flush();
  return true;
}

template <typename List, typename Projection>
void AddNames(std::vector<std::string>& names, const List& list, Projection name) {
  for (const auto& item : list) names.emplace_back(name(item));
}

// All plugins, or the one that the topic names: asking each of them what it is takes a millisecond
// or two.
Expected<Catalog> LoadFor(const std::string& topic, const Installation& installation,
                          const ExplainOptions& options) {
  const std::string& directory =
      options.scenario_directory.empty() ? installation.scenario_dir : options.scenario_directory;
  const std::string own = directory + "/" + topic + ".so";
  std::error_code error;
  if (topic.find('/') == std::string::npos && std::filesystem::is_regular_file(own, error)) {
    auto catalog = LoadCatalog(installation, "", {own});
    if (catalog && catalog->Find(topic) != nullptr) return catalog;
  }
  return LoadScenarios(installation, options.scenario_directory, options.plugins);
}

Expected<int> Explain(const ExplainOptions& options, const Context& context) {
  const Language language =
      options.language ? *options.language : LanguageOfEnvironment(context.env);
  Page page(context.console.out, language);
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
  auto catalog = LoadFor(topic, *installation, options);
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
    ShowClaim(claim, *plan, !options.language, page);
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
  const Translator& tr = page.tr;
  return FailUser(
      tr.Format("nothing is called \"{}\"; accepted: a claim, scenario, vehicle, verdict, finding, "
                "tag, word of the reports or claim file, see `bulkhead list`",
                topic) +
      (nearest.empty() ? "" : tr.Format(" (did you mean \"{}\"?)", nearest)));
}

}  // namespace

Action AddExplain(CLI::App& app) {
  auto options = std::make_shared<ExplainOptions>();
  app.add_option("topic", options->topic,
                 "a claim (id, pattern or file), scenario, vehicle, verdict, finding, tag, or a "
                 "word of the reports")
      ->type_name("TOPIC")
      ->required();
  AddOption(app, "--lang", options->language, ParseLanguage,
            "language of the page: en, id or pt; default: that of the environment, and the claim's "
            "sentence in all of them")
      ->type_name("LANG");
  AddOption(app, "--scenarios", options->scenario_directory, ParseText,
            "take the scenario plugins of this directory")
      ->type_name("DIR");
  AddListOption(app, "--plugin", options->plugins, ParseText, "one more scenario plugin (.so)")
      ->type_name("FILE");
  return [options](const Context& context) { return Explain(*options, context); };
}

}  // namespace bulkhead
