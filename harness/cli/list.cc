// `bulkhead list`: what there is to run.
//
// Runs in: supervisor.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "harness/cli/command.h"
#include "harness/cli/exit_code.h"
#include "harness/cli/option_values.h"
#include "harness/cli/run_options.h"
#include "harness/cli/table.h"
#include "harness/cli/workbench.h"
#include "harness/model/names.h"
#include "harness/supervisor/preflight.h"
#include "harness/supervisor/profile.h"
#include "reports/text.h"
#include "reports/wording.h"

namespace bulkhead {
namespace {

using Rows = std::vector<std::vector<std::string>>;

enum class Subject { kClaims, kScenarios, kVehicles, kFaults, kProfiles };

struct ListOptions {
  Subject subject = Subject::kClaims;
  std::vector<std::string> claims;
  std::string scenario_directory;
  std::vector<std::string> plugins;
  std::string language = "en";
};

Rows VehicleRows() {
  Rows rows{{"VEHICLE", "HERE", "WHAT"}};
  for (const VehicleTraits& vehicle : AllVehicles()) {
    const std::string why_not = WhyNoVehicle(vehicle.kind);
    std::string what(vehicle.summary);
    if (!why_not.empty()) what += "; " + why_not;
    rows.push_back({std::string(vehicle.name), why_not.empty() ? "yes" : "no", what});
  }
  return rows;
}

Rows ProfileRows() {
  Rows rows{{"PROFILE", "WHAT"}};
  for (const Profile& profile : kProfiles) {
    rows.push_back({std::string(profile.name), std::string(profile.summary)});
  }
  return rows;
}

Rows ScenarioRows(const Catalog& catalog, bool only_faults, std::string_view between_tags) {
  Rows rows{{only_faults ? "FAULT" : "SCENARIO", "KIND", "TAGS", "WHAT"}};
  for (const Scenario& scenario : catalog.scenarios) {
    const Manifest& manifest = scenario.manifest;
    if (only_faults && manifest.kind != ScenarioKind::kFault) continue;
    std::string what = text::OneLine(manifest.summary);
    if (manifest.danger != Danger::kContained) {
      what += fmt::format(" (needs --allow {})", NameOf(manifest.danger));
    }
    rows.push_back({manifest.name, std::string(NameOf(manifest.kind)),
                    fmt::format("{}", fmt::join(manifest.tags, between_tags)), what});
  }
  return rows;
}

Expected<Rows> ClaimRows(const std::vector<Claim>& claims, const Catalog& catalog,
                         const std::string& language) {
  PlanRequest request;
  request.scenarios = catalog.scenarios;
  AskThisMachine(request, {});
  Rows rows{{"CLAIM", "SAYS", "CELLS", "WHAT"}};
  for (const Claim& claim : claims) {
    request.claims = {claim};
    const auto plan = MakePlan(request);
    if (!plan) return tl::make_unexpected(plan.error());
    const auto here = std::ranges::count(plan->cells, std::string(), &PlannedCell::not_applicable);
    rows.push_back({claim.id, std::string(NameOf(claim.quantifier)),
                    fmt::format("{}/{}", here, plan->cells.size()),
                    wording::ClaimText(claim, language)});
  }
  return rows;
}

Expected<int> List(const ListOptions& options, const Context& context) {
  const Stream& out = context.console.out;
  const int width = out.terminal ? out.Width() : 0;
  if (options.subject == Subject::kVehicles) {
    out.Write(AlignColumns(VehicleRows(), width));
    return kAsExpected;
  }
  if (options.subject == Subject::kProfiles) {
    out.Write(AlignColumns(ProfileRows(), width));
    return kAsExpected;
  }
  const auto installation = FindInstallation();
  if (!installation) return tl::make_unexpected(installation.error());
  std::vector<Claim> claims;
  if (options.subject == Subject::kClaims) {
    auto selected = SelectClaims(installation->claim_dir, options.claims, {});
    if (!selected) return tl::make_unexpected(selected.error());
    claims = std::move(*selected);
  }
  auto catalog = LoadScenarios(*installation, options.scenario_directory, options.plugins);
  if (!catalog) return tl::make_unexpected(catalog.error());
  for (const BrokenPlugin& broken : catalog->broken) {
    context.console.err.Line("note: plugin " + broken.path + " cannot be used: " + broken.why);
  }
  if (options.subject != Subject::kClaims) {
    // A person's line breaks at spaces; a program's field has none.
    out.Write(AlignColumns(
        ScenarioRows(*catalog, options.subject == Subject::kFaults, out.terminal ? ", " : ","),
        width));
    return kAsExpected;
  }
  AddStandIns(*catalog, claims);
  const auto rows = ClaimRows(claims, *catalog, options.language);
  if (!rows) return tl::make_unexpected(rows.error());
  out.Write(AlignColumns(*rows, width));
  return kAsExpected;
}

}  // namespace

Action AddList(CLI::App& app) {
  auto options = std::make_shared<ListOptions>();
  AddOption(
      app, "what", options->subject,
      [](const std::string& text) {
        return ParseWord<Subject>(text, {{"claims", Subject::kClaims},
                                         {"scenarios", Subject::kScenarios},
                                         {"vehicles", Subject::kVehicles},
                                         {"faults", Subject::kFaults},
                                         {"profiles", Subject::kProfiles}});
      },
      "claims (default), scenarios, vehicles, faults or profiles")
      ->type_name("WHAT");
  app.add_option("claims", options->claims, "of claims: files, or patterns over ids")
      ->type_name("CLAIM");
  AddOption(app, "--scenarios", options->scenario_directory, ParseText,
            "take the scenario plugins of this directory")
      ->type_name("DIR");
  AddListOption(app, "--plugin", options->plugins, ParseText, "one more scenario plugin (.so)")
      ->type_name("FILE");
  AddLanguageOption(app, options->language);
  app.footer("CELLS: how many of a claim's cells this machine can run, of all.");
  return [options](const Context& context) { return List(*options, context); };
}

}  // namespace bulkhead
