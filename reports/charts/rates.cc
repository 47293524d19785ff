// How often was found what is looked for?  Rates differ by decades: bounds of claims without any
// finding have a logarithmic axis, rates of the others one from 0 to 100 %.
#include <algorithm>
#include <cmath>

#include "harness/base/msgid.h"
#include "harness/model/names.h"
#include "reports/charts/canvas.h"
#include "reports/charts/scale.h"
#include "reports/text.h"
#include "reports/wording.h"

namespace bulkhead::charts {
namespace {

constexpr double kRow = 17, kLabel = 18, kLabelWidth = 274, kAxisFrom = 294, kAxisTo = 484;
constexpr double kTrials = 546, kRate = 556;

struct Row {
  std::size_t number = 0;  // of the claim
  const Claim* claim = nullptr;
  const Verdict* verdict = nullptr;
  const CellResult* cell = nullptr;
};

double RateOf(const CellResult& cell) {
  return static_cast<double>(cell.found) / static_cast<double>(cell.counted);
}

// The cell that says most: where most was found, else where least is excluded.
const CellResult* CellThatDecides(const Verdict& verdict) {
  const CellResult* chosen = nullptr;
  for (const CellResult& cell : verdict.cells) {
    if (cell.counted == 0) continue;
    const auto weight = [](const CellResult& c) { return std::pair(c.lower, c.upper); };
    if (!chosen || weight(cell) > weight(*chosen)) chosen = &cell;
  }
  return chosen;
}

struct Panel {
  std::string head;
  std::vector<Row> rows;
};

double DrawRow(const Pen& pen, const Row& row, const Scale& scale, double middle,
               const Translator& tr) {
  const CellResult& cell = *row.cell;
  const std::string outcome = "c-" + std::string(NameOf(row.verdict->outcome));
  const std::string id = text::OneLine(row.claim->id);
  const Pen link =
      pen.Link("#claim-" + std::to_string(row.number),
               id + ", " + std::string(NameOf(row.verdict->outcome)) + ": " +
                   text::OneLine(CellName(cell.cell)) + ", " + wording::Rate(cell, tr));
  const Pen mark = link.Group(outcome);
  mark.Text(2, middle + kBaseline, std::string(wording::Symbol(row.verdict->outcome)), "c-verdict");
  link.Text(kLabel, middle + kBaseline, ClipTo(id, kLabelWidth), "c-label");
  if (row.claim->quantifier == Quantifier::kAlways) {
    const double target = scale(row.claim->target);
    pen.Line(target, middle - kRow / 2, target, middle + kRow / 2, "c-limit");
  }
  const double low = scale(cell.lower), high = scale(cell.upper), at = scale(RateOf(cell));
  mark.Line(low, middle, high, middle, "c-interval");
  mark.Line(high, middle - 4, high, middle + 4, "c-interval");
  if (cell.lower > 0) mark.Line(low, middle - 4, low, middle + 4, "c-interval");
  mark.Rect(at - 4, middle - 4, 8, 8, "c-mark");
  pen.Text(kTrials, middle + kBaseline, wording::Count(cell.counted, tr), "c-muted c-number",
           Anchor::kEnd);
  pen.Text(kRate, middle + kBaseline, wording::Rate(cell, tr), "c-number");
  return middle + kRow;
}

double DrawPanel(const Pen& pen, const Panel& panel, const Scale& scale, double top,
                 const Translator& tr) {
  pen.Text(2, top + 14, panel.head, "c-head");
  const double rows = top + 46;
  const double bottom = rows + kRow * static_cast<double>(panel.rows.size());
  pen.Text(kTrials, rows - 5, std::string(tr("trials")), "c-muted", Anchor::kEnd);
  pen.Text(kRate, rows - 5, std::string(tr("rate")), "c-muted");
  DrawAxis(pen, scale, rows, bottom, [&](double rate) { return wording::Percent(rate, tr); });
  double middle = rows + kRow / 2;
  for (const Row& row : panel.rows) middle = DrawRow(pen, row, scale, middle, tr);
  return bottom + 12;
}

Scale ScaleOfBounds(const std::vector<Row>& rows) {
  double least = 1, most = 0;
  const auto take = [&](double value) {
    if (!(value > 0)) return;
    least = std::min(least, value);
    most = std::max(most, value);
  };
  for (const Row& row : rows) {
    take(row.cell->upper);
    if (row.claim->quantifier == Quantifier::kAlways) take(row.claim->target);
  }
  // The least bound must not look like 0: one decade is left of it.
  return Scale::Log(least / 10, std::max(most, least * 10), kAxisFrom, kAxisTo, true);
}

}  // namespace

std::optional<Figure> RateForest(const RunReport& report, const Translator& tr) {
  Panel none{std::string(tr("Never found: the most that the rate may be (logarithmic axis)")), {}};
  Panel violated{std::string(tr("Found, and claimed never to be")), {}};
  Panel witnessed{std::string(tr("Found, as the claim says that it may be")), {}};
  std::size_t uncounted = 0;
  for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
    const Verdict& verdict = report.verdicts[i];
    const Claim& claim = wording::ClaimOf(report, i);
    if (claim.quantifier == Quantifier::kRatio) continue;
    const CellResult* cell = CellThatDecides(verdict);
    if (!cell) {
      ++uncounted;
      continue;
    }
    Panel& panel = cell->found == 0                          ? none
                   : claim.quantifier == Quantifier::kAlways ? violated
                                                             : witnessed;
    panel.rows.push_back({i + 1, &claim, &verdict, cell});
  }
  Figure figure;
  figure.id = "rates";
  figure.title = tr("How often was found what was looked for");
  figure.how_to_read = tr(
      "Each row is one claim in the cell that says most: the square is what was counted, the line "
      "reaches "
      "as far as the rate may lie, and the dashed line is the target that a claim of \"always\" "
      "must stay below. Claims without any finding have an axis of their own, where each step is "
      "ten times the one before.");
  figure.data.head = {
      std::string(tr("claim")),    std::string(tr("verdict")), std::string(tr("cell")),
      std::string(tr("found")),    std::string(tr("trials")),  std::string(tr("rate")),
      std::string(tr("at least")), std::string(tr("at most")), std::string(tr("target"))};
  for (const Panel* panel : {&none, &violated, &witnessed}) {
    for (const Row& row : panel->rows) {
      const CellResult& cell = *row.cell;
      figure.data.rows.push_back(
          {text::OneLine(row.claim->id), std::string(NameOf(row.verdict->outcome)),
           text::OneLine(CellName(cell.cell)), wording::Count(cell.found, tr),
           wording::Count(cell.counted, tr), wording::Percent(RateOf(cell), tr),
           wording::Percent(cell.lower, tr), wording::Percent(cell.upper, tr),
           row.claim->quantifier == Quantifier::kAlways ? wording::Percent(row.claim->target, tr)
                                                        : "–"});
    }
  }
  if (figure.data.rows.empty()) return std::nullopt;
  DrawInto(
      figure,
      [&](const Pen& pen) {
        double top = 0;
        for (const Panel* panel : {&none, &violated, &witnessed}) {
          if (panel->rows.empty()) continue;
          const Scale scale =
              panel == &none ? ScaleOfBounds(none.rows) : Scale::Fraction(kAxisFrom, kAxisTo);
          top = DrawPanel(pen, *panel, scale, top, tr);
        }
        if (uncounted > 0) {
          pen.Text(2, top + 8,
                   tr.FormatPlural("{} claim has no counted trial and is not drawn.",
                                   "{} claims have no counted trial and are not drawn.", uncounted,
                                   wording::Count(uncounted, tr)),
                   "c-muted");
          top += 16;
        }
        return top;
      },
      true);
  return figure;
}

}  // namespace bulkhead::charts
