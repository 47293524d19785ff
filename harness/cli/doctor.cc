// `bulkhead doctor`: what this machine can and cannot show, and why, before a run finds out.
//
// Runs in: supervisor.
#include <fmt/format.h>

#include <algorithm>

#include "harness/cli/command.h"
#include "harness/cli/exit_code.h"
#include "harness/cli/table.h"
#include "harness/cli/workbench.h"
#include "harness/model/vehicle.h"
#include "harness/supervisor/preflight.h"
#include "reports/text.h"

namespace bulkhead {
namespace {

struct Level {
  Tone tone;
  std::string_view word;
  std::string_view symbol;  // in front of the word, for a person
};

Level LevelOf(Checkup::Level level) {
  switch (level) {
    case Checkup::Level::kGood:
      return {Tone::kGood, "good", "✔ "};
    case Checkup::Level::kNote:
      return {Tone::kOpen, "note", "? "};
    case Checkup::Level::kProblem:
      return {Tone::kBad, "problem", "✘ "};
  }
  return {};
}

// "20 of 20 built-in claims can be decided here (320 of 320 cells can run)"
Expected<std::string> Conclusion() {
  const auto installation = FindInstallation();
  if (!installation) return tl::make_unexpected(installation.error());
  const auto claims = SelectClaims(installation->claim_dir, {}, {});
  if (!claims) return tl::make_unexpected(claims.error());
  auto catalog = LoadScenarios(*installation, "", {});
  if (!catalog) return tl::make_unexpected(catalog.error());
  AddStandIns(*catalog, *claims);
  PlanRequest request;
  request.scenarios = std::move(catalog->scenarios);
  AskThisMachine(request, {});
  const auto can_run = [](const RunPlan& plan) {
    return std::ranges::count(plan.cells, std::string(), &PlannedCell::not_applicable);
  };
  std::size_t decidable = 0;
  for (const Claim& claim : *claims) {
    request.claims = {claim};
    const auto plan = MakePlan(request);
    if (!plan) return tl::make_unexpected(plan.error());
    if (can_run(*plan) > 0) ++decidable;
  }
  request.claims = *claims;
  const auto plan = MakePlan(request);
  if (!plan) return tl::make_unexpected(plan.error());
  return fmt::format("{} of {} built-in claims can be decided here ({} of {} cells can run)",
                     decidable, claims->size(), can_run(*plan), plan->cells.size());
}

Expected<int> Doctor(const Context& context) {
  const Stream& out = context.console.out;
  bool all_good = true;
  const auto show = [&](Checkup::Level level, std::string_view subject, std::string_view text,
                        std::string_view advice) {
    constexpr std::size_t kLevelWidth = 8, kSubjectWidth = 22;
    const Level grade = LevelOf(level);
    const std::string mark(out.terminal ? grade.symbol : "");
    const std::size_t indent = text::DisplayWidth(mark) + kLevelWidth + kSubjectWidth + 1;
    std::string head = out.Paint(grade.tone, mark + text::PadRight(grade.word, kLevelWidth)) +
                       text::PadRight(text::OneLine(subject), kSubjectWidth) + " ";
    const int width = out.terminal ? out.Width() : 1 << 16;
    const std::size_t rest = width > 60 ? static_cast<std::size_t>(width) - indent : 40;
    std::string whole = text::OneLine(text);
    if (!advice.empty()) whole += "; advice: " + text::OneLine(advice);
    for (const std::string& line : text::Wrap(whole, rest)) {
      out.Line(head + line);
      head.assign(indent, ' ');
    }
    if (level == Checkup::Level::kProblem) all_good = false;
  };
  for (const Checkup& checkup : Examine()) {
    show(checkup.level, checkup.subject, checkup.text, checkup.advice);
  }
  for (const VehicleTraits& vehicle : AllVehicles()) {
    const std::string why_not = WhyNoVehicle(vehicle.kind);
    show(why_not.empty() ? Checkup::Level::kGood : Checkup::Level::kProblem,
         fmt::format("vehicle {}", vehicle.name),
         why_not.empty() ? "granted: " + std::string(vehicle.summary) : why_not,
         why_not.empty() ? "" : "its cells will be not-applicable");
  }
  const Expected<std::string> conclusion = Conclusion();
  if (!conclusion) return tl::make_unexpected(conclusion.error());
  out.Line(out.Paint(Tone::kStrong, *conclusion));
  return all_good ? kAsExpected : kOpen;
}

}  // namespace

Action AddDoctor(CLI::App& app) {
  app.footer("Exits with 0, or with 3 when a problem keeps some claim from being decided here.");
  return Doctor;
}

}  // namespace bulkhead
