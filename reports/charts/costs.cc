// How the samples of each series are spread: quartiles as a box, nearly all as a line, the median
// as a stroke, and its value beside it.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "harness/model/names.h"
#include "reports/charts/canvas.h"
#include "reports/charts/creation.h"
#include "reports/charts/measured.h"
#include "reports/charts/scale.h"
#include "reports/text.h"

namespace bulkhead::charts {
namespace {

constexpr double kRow = 17, kLabelWidth = 250, kAxisFrom = 262, kAxisTo = 612, kValue = 712;
constexpr std::size_t kMostRows = 120;

struct Row {
  std::string label;
  const SeriesResult* series = nullptr;  // none: a heading
  bool within = false;                   // of the heading above
};

std::vector<Row> RowsOf(const MeasuredGroup& group) {
  std::vector<Row> rows;
  for (const MeasuredCell& cell : group.cells) {
    const std::string name = text::OneLine(CellName(cell.cell->cell));
    if (cell.series.size() == 1) {
      rows.push_back({name + " · " + text::OneLine(cell.series[0]->name), cell.series[0], false});
      continue;
    }
    rows.push_back({name, nullptr, false});
    for (const SeriesResult* series : cell.series) {
      rows.push_back({text::OneLine(series->name), series, true});
    }
  }
  return rows;
}

Scale ScaleOf(const std::vector<Row>& rows) {
  double least = 0, most = 0;
  bool zero = false;
  for (const Row& row : rows) {
    if (!row.series) continue;
    for (const double value :
         {Quantile(*row.series, 1), row.series->median, Quantile(*row.series, 99)}) {
      if (!(value > 0)) {
        zero = true;
        continue;
      }
      least = least > 0 ? std::min(least, value) : value;
      most = std::max(most, value);
    }
  }
  if (!(least > 0)) least = most = 1;
  return Scale::Log(least, most, kAxisFrom, kAxisTo, zero);
}

void DrawRow(const Pen& pen, const Row& row, Unit unit, const Scale& scale, double middle,
             const Translator& tr) {
  const double indent = row.within ? 16 : 2;
  pen.Text(indent, middle + kBaseline, ClipTo(row.label, kLabelWidth - indent),
           row.series ? "" : "c-muted");
  if (!row.series) return;
  const SeriesResult& series = *row.series;
  const Pen mark = pen.Group(ColorOf(series.name));
  mark.Line(scale(Quantile(series, 1)), middle, scale(Quantile(series, 99)), middle, "");
  const double low = scale(series.lower_quartile), high = scale(series.upper_quartile);
  mark.Rect(low, middle - 5, std::max(high - low, 1.0), 10, "c-spread");
  const double median = scale(series.median);
  mark.Line(median, middle - 6, median, middle + 6, "c-median");
  pen.Text(kValue, middle + kBaseline, InUnit(series.median, unit, tr), "c-number", Anchor::kEnd);
}

Figure SpreadFigure(const MeasuredGroup& group, const Translator& tr) {
  std::vector<Row> rows = RowsOf(group);
  const std::size_t all = rows.size();
  rows.resize(std::min(all, kMostRows));
  Figure figure;
  figure.id = group.id;
  figure.title = tr(group.title);
  figure.how_to_read = tr(
      "Each line reaches from 1 % to 99 % of the samples, the box holds the middle half of them, "
      "and the stroke is the median, whose value is at the right. The axis is logarithmic: equal "
      "steps are equal factors.");
  figure.data.head = {std::string(tr("cell")),
                      std::string(tr("series")),
                      std::string(tr("samples")),
                      "1 %",
                      "25 %",
                      std::string(tr("median")),
                      "75 %",
                      "99 %"};
  for (const MeasuredCell& cell : group.cells) {
    for (const SeriesResult* series : cell.series) {
      const auto value = [&](double number) { return InUnit(number, group.unit, tr); };
      figure.data.rows.push_back(
          {text::OneLine(CellName(cell.cell->cell)), text::OneLine(series->name),
           InUnit(static_cast<double>(series->samples), Unit::kNumber, tr),
           value(Quantile(*series, 1)), value(series->lower_quartile), value(series->median),
           value(series->upper_quartile), value(Quantile(*series, 99))});
    }
  }
  DrawInto(
      figure,
      [&](const Pen& pen) {
        const Scale scale = ScaleOf(rows);
        const double top = 20;
        const double bottom = top + kRow * static_cast<double>(rows.size());
        DrawAxis(pen, scale, top, bottom,
                 [&](double value) { return TickIn(value, group.unit, tr); });
        pen.Text(kValue, top - 5, std::string(tr("median")), "c-muted", Anchor::kEnd);
        double middle = top + kRow / 2;
        for (const Row& row : rows) {
          DrawRow(pen, row, group.unit, scale, middle, tr);
          middle += kRow;
        }
        if (rows.size() == all) return bottom + 6;
        pen.Text(2, bottom + 14,
                 tr.Format("{} more rows are in the table alone.", all - rows.size()), "c-muted");
        return bottom + 22;
      },
      false);
  return figure;
}

}  // namespace

std::vector<Figure> CostFigures(const RunReport& report, const Translator& tr) {
  std::vector<Figure> figures;
  for (const MeasuredGroup& group : MeasuredGroups(report)) {
    figures.push_back(SpreadFigure(group, tr));
    if (group.id != "cost-creation") continue;
    if (auto curves = CreationCurves(group, tr)) figures.push_back(std::move(*curves));
    if (auto growth = CreationGrowth(group, tr)) figures.push_back(std::move(*growth));
  }
  return figures;
}

}  // namespace bulkhead::charts
