// Statistics: how the numbers of the results were made, and how to read them.
#include <fmt/format.h>

#include <algorithm>

#include "harness/model/names.h"
#include "reports/lab/sections.h"
#include "reports/wording.h"

namespace bulkhead::lab {
namespace {

const CellResult* CleanCell(const RunReport& report) {
  for (const Verdict& verdict : report.verdicts) {
    for (const CellResult& cell : verdict.cells) {
      if (cell.counted > 0 && cell.found == 0) return &cell;
    }
  }
  return nullptr;
}

bool AnyOf(const RunReport& report, Quantifier quantifier) {
  return std::ranges::any_of(report.plan.claims,
                             [&](const Claim& claim) { return claim.quantifier == quantifier; });
}

}  // namespace

Section Statistics(const Material& from) {
  const Translator& tr = from.tr;
  const RunReport& report = from.report;
  const RunPlan& plan = report.plan;
  const std::string confidence = wording::Percent(plan.confidence, tr);
  Section section{std::string(tr("Statistics and how to read them")), {}};
  Bullets list{false, {}};
  const auto say = [&](std::string text) { list.items.push_back(Prose(text)); };
  if (AnyOf(report, Quantifier::kAlways)) {
    say(tr.Format(
        "A claim that says `always` has counterexamples or has none. With none in n trials the "
        "rate of counterexamples is still not known to be zero: it is at most the bound that is "
        "printed (≤), at {} confidence. If the rate were larger, n trials without any would be a "
        "stroke of luck of less than {}.",
        confidence, wording::Percent(1 - plan.confidence, tr)));
    if (const CellResult* cell = CleanCell(report)) {
      say(
          tr.Format("An example of this run: `{}`, none in {} trials. The bound b solves (1 − "
                    "b)^{} = {:.3g}, "
                    "so b = {}. As a check: b is about 3/n at 95 %, the rule of three.",
                    CellName(cell->cell), wording::Count(cell->counted, tr), cell->counted,
                    1 - plan.confidence, wording::Percent(cell->upper, tr)));
    }
    say(std::string(
        tr("The claim is `supported` when the bound of every cell is at most its target, `refuted` "
           "when there is a counterexample and no cell supports it, `conditional` when some cells "
           "hold and others do not, and `inconclusive` otherwise.")));
  }
  if (AnyOf(report, Quantifier::kMay)) {
    say(std::string(
        tr("A claim that says `may` needs one certain witness. Without one nothing is refuted: the "
           "bound says how rare the thing would have to be.")));
  }
  say(tr.Format(
      "Rates with findings are given with both bounds, exact binomial ones (Clopper-Pearson), each "
      "one-sided at {}. A cell that stopped early was stopped by its findings: its rate is no "
      "estimate.",
      confidence));
  if (AnyOf(report, Quantifier::kRatio)) {
    say(tr.Format(
        "A claim of a `ratio` compares two medians that were measured in turn. In parentheses "
        "stands the {} interval, two-sided, by bootstrap: the measurements are drawn again many "
        "times with replacement, and the ratio computed each time. It is `supported` when the "
        "whole interval lies on the claimed side.",
        confidence));
  }
  const std::size_t claims = report.verdicts.size();
  if (claims > 1) {
    say(tr.Format(
        "Each bound holds at {} for its own cell. {} claims at {} are not jointly at {}: among "
        "many, some bound may be missed by chance.",
        confidence, wording::Count(claims, tr), confidence, confidence));
  }
  say(std::string(
      tr("Trials that share a memory layout are not independent in what depends on the layout; "
         "the column of layouts says how many different ones there were.")));
  say(std::string(
      tr("All of it speaks of this machine, this configuration and the faults that were injected. "
         "It bounds a rate; it does not say what causes it.")));
  section.blocks.push_back(std::move(list));
  return section;
}

}  // namespace bulkhead::lab
