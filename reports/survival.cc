#include "reports/survival.h"

#include <algorithm>
#include <set>

#include "reports/wording.h"

namespace bulkhead {
namespace {

SurvivalQuestion QuestionOf(Finding finding) {
  switch (finding) {
    case Finding::kBystanderAffected:
      return SurvivalQuestion::kWell;
    case Finding::kBystanderStopped:
      return SurvivalQuestion::kActs;
    case Finding::kBystanderDied:
      return SurvivalQuestion::kThere;
    case Finding::kBystanderDamaged:
      return SurvivalQuestion::kWhole;
    case Finding::kSilentDamage:
      return SurvivalQuestion::kSilent;
    default:
      return SurvivalQuestion::kEnds;
  }
}

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

SurvivalEntry EntryOf(const CellResult& cell, std::size_t verdict, SurvivalQuestion question) {
  SurvivalEntry entry{&cell, verdict, question, std::nullopt, wording::ControlFailed(cell), false};
  const bool by_fates = question >= SurvivalQuestion::kSilent;
  entry.well = by_fates ? WellByFates(cell, question == SurvivalQuestion::kSilent)
                        : std::optional(cell.counted - std::min(cell.found, cell.counted));
  entry.open = !entry.blind && !by_fates && cell.state == CellState::kOpen;
  // The letter is for what it says: damage and nobody gone.
  if (question == SurvivalQuestion::kSilent && cell.found == 0) {
    entry.question = SurvivalQuestion::kEnds;
  }
  return entry;
}

}  // namespace

std::string_view SurvivalEntry::Symbol() const {
  if (cell->state == CellState::kNotApplicable) return "–";
  if (cell->state == CellState::kBroken) return "!";
  if (cell->counted == 0 || blind) return "?";
  if (!well) return "◐";
  return *well == cell->counted ? "✔" : *well == 0 ? "✘" : "◐";
}

SurvivalMatrix SurvivalOf(const RunReport& report) {
  std::set<std::string> faults;
  for (const Scenario& scenario : report.plan.scenarios) {
    if (scenario.manifest.kind == ScenarioKind::kFault) faults.insert(scenario.manifest.name);
  }
  struct Best {
    SurvivalQuestion asked = SurvivalQuestion::kEnds;
    const CellResult* cell = nullptr;
    std::size_t verdict = 0;
  };
  std::map<CellKey, Best> best;
  std::set<VehicleKind> vehicles;
  for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
    const Claim& claim = wording::ClaimOf(report, i);
    if (claim.quantifier == Quantifier::kRatio) continue;
    const SurvivalQuestion asked = QuestionOf(claim.experiment.finding);
    for (const CellResult& cell : report.verdicts[i].cells) {
      if (!faults.contains(cell.cell.scenario)) continue;
      vehicles.insert(cell.cell.vehicle);
      Best& entry = best[cell.cell];
      const bool better = !entry.cell || asked < entry.asked ||
                          (asked == entry.asked && cell.counted > entry.cell->counted);
      if (better) entry = {asked, &cell, i};
    }
  }
  SurvivalMatrix matrix;
  matrix.vehicles.assign(vehicles.begin(), vehicles.end());
  for (const auto& [key, entry] : best) {
    matrix.faults[key.scenario][key.vehicle] = EntryOf(*entry.cell, entry.verdict, entry.asked);
  }
  return matrix;
}

std::string_view MarkOf(SurvivalQuestion question) {
  switch (question) {
    case SurvivalQuestion::kWell:
      return "";
    case SurvivalQuestion::kActs:
      return "s";
    case SurvivalQuestion::kThere:
      return "d";
    case SurvivalQuestion::kWhole:
      return "m";
    case SurvivalQuestion::kSilent:
      return "q";
    case SurvivalQuestion::kEnds:
      return "o";
  }
  return "";
}

}  // namespace bulkhead
