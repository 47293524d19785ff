// Results: what was counted and measured, and nothing of what it might mean.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "harness/model/names.h"
#include "reports/lab/sections.h"
#include "reports/wording.h"

namespace bulkhead::lab {
namespace {

constexpr std::size_t kMostRows = 40;      // of one table of cells
constexpr std::size_t kMostDetailed = 30;  // claims with tables of their own
constexpr std::size_t kMostTrials = 8;     // that are drawn

using Row = std::vector<Line>;

Line Word(const Verdict& verdict) {
  return {Strong(std::string(wording::Symbol(verdict.outcome)) + "\u00a0"),
          Value(verdict.claim + " verdict", std::string(NameOf(verdict.outcome)))};
}

Table Verdicts(const Material& from) {
  const Translator& tr = from.tr;
  Table table{
      std::string(tr("Verdicts")),
      {std::string(tr("claim")), std::string(tr("verdict")), "n", "k", std::string(tr("result"))},
      {},
      std::string(
          tr("n: trials that count, over all cells, or pairs of measurements; k: how many of "
             "them show what was looked for. Result: what decides, which is the bound (≤) of "
             "the weakest cell, the number of the deciding trial, or a ratio with its "
             "interval."))};
  for (std::size_t i = 0; i < from.report.verdicts.size(); ++i) {
    const Verdict& verdict = from.report.verdicts[i];
    const Claim& claim = wording::ClaimOf(from.report, i);
    const bool ratio = claim.quantifier == Quantifier::kRatio;
    const std::uint64_t n = ratio && verdict.ratio ? verdict.ratio->samples : verdict.counted;
    table.rows.push_back(
        {{Code(verdict.claim)},
         Word(verdict),
         {Value(verdict.claim + " trials", wording::Count(n, tr))},
         ratio ? Line{} : Line{Value(verdict.claim + " found", wording::Count(verdict.found, tr))},
         {Value(verdict.claim + " result", wording::Result(claim, verdict, tr))}});
  }
  return table;
}

std::string_view Agreement(const Prediction& prediction, const Verdict& verdict,
                           const Translator& tr) {
  if (!prediction.verdict) return tr("nothing was predicted");
  if (!IsDecided(verdict)) return tr("not decided");
  return *prediction.verdict == verdict.outcome ? tr("yes") : tr("no");
}

Table Comparison(const Material& from) {
  const Translator& tr = from.tr;
  Table table{std::string(tr("Predicted and observed")),
              {std::string(tr("claim")), std::string(tr("predicted")), std::string(tr("by")),
               std::string(tr("observed")), std::string(tr("as predicted?"))},
              {},
              std::string(tr("Predictions that count. A prediction that was not met is a finding "
                             "like any other."))};
  for (const Prediction& prediction : from.sheet.predictions) {
    const Verdict* verdict = VerdictOf(from.report, prediction.claim);
    if (verdict == nullptr || StandingOf(from, prediction) != Standing::kCounts) continue;
    table.rows.push_back({{Code(prediction.claim)},
                          {Plain(PredictedWord(prediction, tr))},
                          {Plain(prediction.student)},
                          Word(*verdict),
                          {Plain(std::string(Agreement(prediction, *verdict, tr)))}});
  }
  return table;
}

// Rows of at most kMostRows cells, those that do not hold before the others where some are left
// out.
Table CellTable(std::string caption, std::vector<std::string> head, const Verdict& verdict,
                const Translator& tr, const auto& add_rows) {
  Table table{std::move(caption), std::move(head), {}, ""};
  std::vector<const CellResult*> cells;
  for (const CellResult& cell : verdict.cells) cells.push_back(&cell);
  if (cells.size() > kMostRows) {
    std::stable_partition(cells.begin(), cells.end(),
                          [](const CellResult* cell) { return cell->state != CellState::kHolds; });
    table.note = tr.Format(
        "Shown are {} of {} cells, those that do not hold first; results.json "
        "has them all.",
        kMostRows, wording::Count(cells.size(), tr));
    cells.resize(kMostRows);
  }
  for (const CellResult* cell : cells) add_rows(table.rows, *cell);
  return table;
}

std::string Remarks(const CellResult& cell, const Translator& tr) {
  std::string text = tr(cell.reason);
  const auto add = [&](std::string_view remark) {
    text += (text.empty() ? "" : "; ") + std::string(remark);
  };
  for (const ControlTally* tally : {&cell.no_fault, &cell.positive}) {
    if (tally->passed == tally->run || tally->first_failure.empty()) continue;
    const std::string failure = tr(tally->first_failure);
    if (text.find(failure) == std::string::npos) add(failure);
  }
  if (cell.stopped_early) add(tr("stopped early"));
  if (cell.replays > 0) add(wording::Replayed(cell, tr));
  return text;
}

Table Cells(const Verdict& verdict, const Translator& tr) {
  const auto add = [&](std::vector<Row>& rows, const CellResult& cell) {
    const std::string name = verdict.claim + " " + CellName(cell.cell);
    rows.push_back(
        {{Code(CellName(cell.cell))},
         {Strong(fmt::format("{}\u00a0{}", wording::Symbol(cell.state), NameOf(cell.state)))},
         {Value(name + " trials", wording::Count(cell.counted, tr))},
         {Value(name + " found", wording::Count(cell.found, tr))},
         {Value(name + " rate", wording::Rate(cell, tr))},
         {Value(name + " void", wording::Count(cell.void_trials, tr)), Plain(" + "),
          Value(name + " spoilt", wording::Count(cell.troubled, tr))},
         {Value(name + " layouts", wording::Count(cell.blocks, tr))},
         {Value(name + " no fault controls",
                fmt::format("{}/{}", cell.no_fault.passed, cell.no_fault.run)),
          Plain(", "),
          Value(name + " positive controls",
                fmt::format("{}/{}", cell.positive.passed, cell.positive.run))},
         {Plain(Remarks(cell, tr))}});
  };
  Table table =
      CellTable(tr.Format("Cells of {}", verdict.claim),
                {std::string(tr("cell")), std::string(tr("state")), "n", "k",
                 std::string(tr("rate")), std::string(tr("excluded")), std::string(tr("layouts")),
                 std::string(tr("controls")), std::string(tr("remarks"))},
                verdict, tr, add);
  table.note += (table.note.empty() ? "" : " ") +
                std::string(tr("Excluded: void + spoilt trials. Controls: those that behaved as "
                               "they must, of all; without fault, then positive."));
  return table;
}

std::string Fates(const std::map<std::string, std::uint64_t>& fates, const Translator& tr) {
  std::string text;
  for (const auto& [fate, times] : fates) {
    text += (text.empty() ? "" : "; ") + wording::Count(times, tr) + " × " + fate;
  }
  return text;
}

Table FateTable(const Verdict& verdict, const Translator& tr) {
  const auto add = [&](std::vector<Row>& rows, const CellResult& cell) {
    if (cell.victim_fates.empty() && cell.bystander_fates.empty()) return;
    rows.push_back({{Code(CellName(cell.cell))},
                    {Plain(Fates(cell.victim_fates, tr))},
                    {Plain(Fates(cell.bystander_fates, tr))}});
  };
  return CellTable(
      tr.Format("What became of the units of {}", verdict.claim),
      {std::string(tr("cell")), std::string(tr("victims")), std::string(tr("bystanders"))}, verdict,
      tr, add);
}

// A count, a time in nanoseconds, a size: as measured, for only the scenario knows the unit.
std::string Measure(double value, const Translator& tr) {
  if (value >= 1000.0) return wording::Count(static_cast<std::uint64_t>(value + 0.5), tr);
  return fmt::format("{:.4g}", value);
}

Table Ratios(const Claim& claim, const Verdict& verdict, const Translator& tr) {
  const RatioSpec spec = claim.experiment.ratio.value_or(RatioSpec{});
  const auto add = [&](std::vector<Row>& rows, const CellResult& cell) {
    if (!cell.ratio) return;
    const std::string name = verdict.claim + " " + CellName(cell.cell);
    const RatioResult& ratio = *cell.ratio;
    rows.push_back({{Code(CellName(cell.cell))},
                    {Value(name + " numerator median", Measure(ratio.numerator_median, tr))},
                    {Value(name + " denominator median", Measure(ratio.denominator_median, tr))},
                    {Value(name + " ratio", wording::Ratio(ratio, tr))},
                    {Value(name + " pairs", wording::Count(ratio.samples, tr))}});
  };
  return CellTable(tr.Format("Ratios of {}", verdict.claim),
                   {std::string(tr("cell")), tr.Format("median of {}", spec.numerator),
                    tr.Format("median of {}", spec.denominator), std::string(tr("ratio")),
                    std::string(tr("pairs"))},
                   verdict, tr, add);
}

Table Series(const Verdict& verdict, const Translator& tr) {
  const auto add = [&](std::vector<Row>& rows, const CellResult& cell) {
    for (const SeriesResult& series : cell.series) {
      const std::string name = verdict.claim + " " + CellName(cell.cell) + " " + series.name;
      const auto value = [&](const char* what, double number) -> Line {
        return {Value(name + what, Measure(number, tr))};
      };
      rows.push_back({{Code(CellName(cell.cell))},
                      {Code(series.name)},
                      {Value(name + " samples", wording::Count(series.samples, tr))},
                      value(" least", series.least),
                      value(" lower quartile", series.lower_quartile),
                      value(" median", series.median),
                      value(" upper quartile", series.upper_quartile),
                      value(" most", series.most)});
    }
  };
  Table table =
      CellTable(tr.Format("Measured for {}", verdict.claim),
                {std::string(tr("cell")), std::string(tr("series")), std::string(tr("samples")),
                 std::string(tr("least")), std::string(tr("quartile")), std::string(tr("median")),
                 std::string(tr("quartile")), std::string(tr("most"))},
                verdict, tr, add);
  table.note += (table.note.empty() ? "" : " ") +
                std::string(tr("Measured by the units themselves, in nanoseconds unless the "
                               "scenario names another unit."));
  return table;
}

std::string JoinedConditions(const std::vector<Message>& conditions, const Translator& tr) {
  std::string text;
  for (const Message& one : conditions) text += (text.empty() ? "" : "; ") + tr(one);
  return text;
}

void AddClaim(const Material& from, std::size_t index, std::vector<Block>& blocks) {
  const Translator& tr = from.tr;
  const Verdict& verdict = from.report.verdicts[index];
  const Claim& claim = wording::ClaimOf(from.report, index);
  blocks.push_back(Heading{fmt::format("claim-{}", index + 1), {Code(verdict.claim)}});
  blocks.push_back(Paragraph{{Plain(wording::ClaimText(claim, CodeOf(tr.language())))}});
  blocks.push_back(Paragraph{
      {Strong(fmt::format("{} {}.", wording::Symbol(verdict.outcome), NameOf(verdict.outcome))),
       Plain(" " + wording::Why(verdict, tr))}});
  Bullets where;
  if (!verdict.holds_in.empty()) {
    where.items.push_back({Strong(std::string(tr("Holds in:"))),
                           Plain(" " + JoinedConditions(verdict.holds_in, tr))});
  }
  if (!verdict.fails_in.empty()) {
    where.items.push_back({Strong(std::string(tr("Fails in:"))),
                           Plain(" " + JoinedConditions(verdict.fails_in, tr))});
  }
  if (!where.items.empty()) blocks.push_back(std::move(where));
  const bool ratio = claim.quantifier == Quantifier::kRatio;
  for (Table table : {ratio ? Ratios(claim, verdict, tr) : Cells(verdict, tr),
                      FateTable(verdict, tr), Series(verdict, tr)}) {
    if (!table.rows.empty()) blocks.push_back(std::move(table));
  }
}

}  // namespace

Section Results(const Material& from) {
  const Translator& tr = from.tr;
  const RunReport& report = from.report;
  Section section{std::string(tr("Results")), {}};
  section.blocks.push_back(Paragraph{{Plain(std::string(
      tr("This section holds what was counted and measured. What it means belongs into the "
         "discussion.")))}});
  section.blocks.push_back(Verdicts(from));
  if (Table table = Comparison(from); !table.rows.empty()) {
    section.blocks.push_back(std::move(table));
  }
  for (auto figure : {charts::RateForest(report, tr), charts::RatioForest(report, tr)}) {
    if (figure) section.blocks.push_back(Picture{std::move(*figure)});
  }
  for (charts::Figure& figure : charts::CostFigures(report, tr)) {
    section.blocks.push_back(Picture{std::move(figure)});
  }
  std::set<std::uint64_t> drawn;
  std::size_t not_drawn = 0;
  for (std::size_t i = 0; i < report.verdicts.size() && i < kMostDetailed; ++i) {
    AddClaim(from, i, section.blocks);
    const Trial* trial = wording::DecisiveTrial(report, report.verdicts[i]);
    if (trial == nullptr || drawn.contains(trial->plan.id)) continue;
    if (drawn.size() == kMostTrials) {
      ++not_drawn;
      continue;
    }
    drawn.insert(trial->plan.id);
    const std::string id = fmt::format("trial-{}", trial->plan.id);
    section.blocks.push_back(Picture{charts::TrialLanes(report, *trial, id, tr)});
  }
  if (report.verdicts.size() > kMostDetailed) {
    section.blocks.push_back(Paragraph{Prose(tr.Format(
        "{} of {} claims have tables of their own here; `results.json` has all. A lab is easier to "
        "read with few claims.",
        kMostDetailed, wording::Count(report.verdicts.size(), tr)))});
  }
  if (not_drawn > 0) {
    section.blocks.push_back(Paragraph{
        Prose(tr.FormatPlural("{} more deciding trial is not drawn; the `html` report has it.",
                              "{} more deciding trials are not drawn; the `html` report has them.",
                              not_drawn, wording::Count(not_drawn, tr)))});
  }
  return section;
}

}  // namespace bulkhead::lab
