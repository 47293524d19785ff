#include <fmt/format.h>

#include "reports/markdown_parts.h"
#include "reports/survival.h"
#include "reports/wording.h"

namespace bulkhead::markdown {
namespace {

std::string Show(const SurvivalEntry& entry, const Translator& tr) {
  if (!entry.Counts()) return std::string(entry.Symbol());
  const std::string_view mark = MarkOf(entry.question);
  return fmt::format("{} {}/{}{}{}{}", entry.Symbol(),
                     entry.well ? wording::Count(*entry.well, tr) : std::string(tr("some")),
                     wording::Count(entry.cell->counted, tr), mark.empty() ? "" : " ", mark,
                     entry.open ? " ?" : "");
}

}  // namespace

std::string SurvivalTable(const RunReport& report, const Translator& tr) {
  const SurvivalMatrix matrix = SurvivalOf(report);
  if (matrix.faults.empty()) return "";

  std::string out = fmt::format("## {}\n\n", tr("Survival: fault by vehicle"));
  std::vector<std::string_view> titles{tr("fault")};
  for (const VehicleKind vehicle : matrix.vehicles) titles.emplace_back(TraitsOf(vehicle).name);
  out += TableHead(titles);
  std::size_t rows = 0;
  for (const auto& [fault, entries] : matrix.faults) {
    if (rows++ == kMostRows) {
      out += "\n" +
             tr.Format("Showing {} of {} faults.", wording::Count(kMostRows, tr),
                       wording::Count(matrix.faults.size(), tr)) +
             "\n";
      break;
    }
    std::vector<std::string> row{Code(fault)};
    for (const VehicleKind vehicle : matrix.vehicles) {
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
