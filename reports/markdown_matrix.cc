#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

#include "harness/model/names.h"
#include "reports/markdown_parts.h"
#include "reports/wording.h"

namespace bulkhead::markdown {
namespace {

// Findings about bystanders, the widest question first; behind them those that say little of
// survival, for cells in which nothing else was asked.
struct Question {
  Finding finding;
  std::string_view mark;
};
constexpr auto kQuestions = std::to_array<Question>({
    {Finding::kBystanderAffected, ""},
    {Finding::kBystanderStopped, " s"},
    {Finding::kBystanderDied, " d"},
    {Finding::kBystanderDamaged, " m"},
    {Finding::kSilentDamage, " q"},
});
// Any other finding: survival is read from the ends of the bystanders alone.
constexpr std::size_t kNoQuestion = kQuestions.size();
constexpr std::size_t kSilent = kNoQuestion - 1;

// Trials in which all was well, as far as the ends of the bystanders, counted together, tell.
std::optional<std::uint64_t> WellByFates(const CellResult& cell, bool silent_damage_asked) {
  std::uint64_t intact = 0, corrupt = 0, others = 0;
  for (const auto& [fate, count] : cell.bystander_fates) {
    (fate == "intact" ? intact : fate == "corrupt" ? corrupt : others) += count;
  }
  if (corrupt + others == 0 && intact > 0) return cell.counted;
  if (intact + corrupt == 0 && others > 0) return 0;
  // Nobody died or stopped: each trial with damage is one with silent damage.
  if (others == 0 && silent_damage_asked) return cell.counted - std::min(cell.found, cell.counted);
  return std::nullopt;
}

struct Entry {
  const CellResult* cell = nullptr;
  std::size_t question = 0;
};

std::string Show(const Entry& entry, const Translator& tr) {
  const CellResult& cell = *entry.cell;
  if (cell.state == CellState::kNotApplicable) return "–";
  if (cell.state == CellState::kBroken) return "!";
  if (cell.counted == 0) return "?";
  const bool by_fates = entry.question >= kSilent;
  const std::optional<std::uint64_t> well =
      by_fates ? WellByFates(cell, entry.question == kSilent)
               : std::optional(cell.counted - std::min(cell.found, cell.counted));
  std::string_view mark = entry.question < kNoQuestion ? kQuestions[entry.question].mark : " o";
  // The letter is for what it says: damage and nobody gone.
  if (entry.question == kSilent && cell.found == 0) mark = " o";
  const bool blind = wording::ControlFailed(cell);
  const std::string_view symbol = blind                   ? "?"
                                  : !well                 ? "◐"
                                  : *well == cell.counted ? "✔"
                                  : *well == 0            ? "✘"
                                                          : "◐";
  const bool open = !blind && !by_fates && cell.state == CellState::kOpen;
  const std::string number = well ? wording::Count(*well, tr) : std::string(tr("some"));
  return fmt::format("{} {}/{}{}{}", symbol, number, wording::Count(cell.counted, tr), mark,
                     open ? " ?" : "");
}

}  // namespace

std::string SurvivalMatrix(const RunReport& report, const Translator& tr) {
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
    if (claim.quantifier == Quantifier::kRatio) continue;
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

  std::string out = fmt::format("## {}\n\n", tr("Survival: fault by vehicle"));
  std::vector<std::string_view> titles{tr("fault")};
  for (const VehicleKind vehicle : vehicles) titles.emplace_back(TraitsOf(vehicle).name);
  out += TableHead(titles);
  std::size_t rows = 0;
  for (const auto& [fault, entries] : matrix) {
    if (rows++ == kMostRows) {
      out += "\n" +
             tr.Format("Showing {} of {} faults.", wording::Count(kMostRows, tr),
                       wording::Count(matrix.size(), tr)) +
             "\n";
      break;
    }
    std::vector<std::string> row{Code(fault)};
    for (const VehicleKind vehicle : vehicles) {
      const auto entry = entries.find(vehicle);
      row.push_back(entry == entries.end() ? "" : Show(entry->second, tr));
    }
    out += TableRow(row);
  }
  out += "\n";
  out += tr(
      "*How to read this:* a row is what was done to the victim, a column how the units were kept "
      "apart, the weakest way first. `299/299` means: in all of 299 trials every bystander was "
      "there, acted, and had its memory whole. Where the claims asked for less, a letter says so: "
      "s (only: there and acting), d (only: there), m (only: memory whole), q (silent damage: in "
      "the other trials somebody's memory was damaged and nobody noticed), o (no claim asked; from "
      "how the bystanders ended). ✔ always, ✘ never, ◐ sometimes; ? not decided, or in front: a "
      "control failed; – not possible on this machine, ! broken, empty: not run.");
  return out + "\n\n";
}

}  // namespace bulkhead::markdown
