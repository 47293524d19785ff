#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "harness/model/names.h"
#include "reports/markdown_parts.h"
#include "reports/wording.h"

namespace bulkhead::markdown {
namespace {

// Findings about bystanders, the widest question first; others say nothing of survival.
struct Question {
  Finding finding;
  std::string_view mark;
};
constexpr auto kQuestions = std::to_array<Question>({
    {Finding::kBystanderAffected, ""},
    {Finding::kBystanderStopped, " s"},
    {Finding::kBystanderDied, " d"},
    {Finding::kBystanderDamaged, " m"},
});

struct Entry {
  const CellResult* cell = nullptr;
  std::size_t question = 0;
};

std::string Show(const Entry& entry) {
  const CellResult& cell = *entry.cell;
  if (cell.state == CellState::kNotApplicable) return "–";
  if (cell.state == CellState::kBroken) return "!";
  if (cell.counted == 0) return "?";
  const std::uint64_t well = cell.counted - std::min(cell.found, cell.counted);
  const std::string_view symbol = cell.found == 0 ? "✔" : well == 0 ? "✘" : "◐";
  return fmt::format("{} {}/{}{}{}", symbol, wording::Count(well), wording::Count(cell.counted),
                     kQuestions[entry.question].mark, cell.state == CellState::kOpen ? " ?" : "");
}

}  // namespace

std::string SurvivalMatrix(const RunReport& report) {
  std::set<std::string> faults;
  for (const Scenario& scenario : report.plan.scenarios) {
    if (scenario.manifest.kind == ScenarioKind::kFault) faults.insert(scenario.manifest.name);
  }
  // By scenario and vehicle; the vehicles' order is that of isolation strength.
  std::map<std::string, std::map<VehicleKind, Entry>> matrix;
  std::set<VehicleKind> vehicles;
  for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
    const Claim& claim = wording::ClaimOf(report, i);
    const auto question =
        std::find_if(kQuestions.begin(), kQuestions.end(),
                     [&](const Question& q) { return q.finding == claim.experiment.finding; });
    if (claim.quantifier == Quantifier::kRatio || question == kQuestions.end()) continue;
    const std::size_t rank = static_cast<std::size_t>(question - kQuestions.begin());
    for (const CellResult& cell : report.verdicts[i].cells) {
      if (!faults.contains(cell.cell.scenario)) continue;
      Entry& entry = matrix[cell.cell.scenario][cell.cell.vehicle];
      vehicles.insert(cell.cell.vehicle);
      const bool better = !entry.cell || rank < entry.question ||
                          (rank == entry.question && cell.counted > entry.cell->counted);
      if (better) entry = {&cell, rank};
    }
  }
  if (matrix.empty()) return "";

  std::string out = "## Survival: fault by vehicle\n\n";
  std::vector<std::string> titles{"fault"};
  for (const VehicleKind vehicle : vehicles) titles.emplace_back(TraitsOf(vehicle).name);
  out += TableHead(titles);
  std::size_t rows = 0;
  for (const auto& [fault, entries] : matrix) {
    if (rows++ == kMostRows) {
      out += fmt::format("\nShowing {} of {} faults.\n", kMostRows, matrix.size());
      break;
    }
    std::vector<std::string> row{Code(fault)};
    for (const VehicleKind vehicle : vehicles) {
      const auto entry = entries.find(vehicle);
      row.push_back(entry == entries.end() ? "" : Show(entry->second));
    }
    out += TableRow(row);
  }
  return out +
         "\n*How to read this:* a row is what was done to the victim, a column how the units were "
         "kept apart, the weakest way first. `299/299` means: in all of 299 trials every "
         "bystander was there, acted, and had its memory whole. Where the claims asked for less, "
         "a letter says so: s (only: there and acting), d (only: there), m (only: memory whole). "
         "✔ always, ✘ never, ◐ sometimes; ? not decided, – not possible on this machine, ! "
         "broken, empty: not asked.\n\n";
}

}  // namespace bulkhead::markdown
