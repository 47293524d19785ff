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
#include "reports/wording.h"

namespace bulkhead::charts {
namespace {

constexpr double kRow = 17, kLabelWidth = 250, kAxisFrom = 262, kAxisTo = 612, kValue = 712;
// A figure must fit on a sheet of paper: longer ones are parted, at a heading if they can be.
constexpr std::size_t kMostRows = 52;

struct Row {
  std::string label;
  const CellResult* cell = nullptr;      // of the series
  const SeriesResult* series = nullptr;  // none: a heading
};

// A heading for each scenario, or for its only cell; a row for each series below it.
std::vector<Row> RowsOf(const MeasuredGroup& group) {
  std::vector<Row> rows;
  const auto scenario = [&](std::size_t i) -> const std::string& {
    return group.cells[i].cell->cell.scenario;
  };
  for (std::size_t i = 0; i < group.cells.size();) {
    std::size_t next = i + 1;
    while (next < group.cells.size() && scenario(next) == scenario(i)) ++next;
    const bool several = next - i > 1;
    rows.push_back({text::OneLine(several ? scenario(i) : CellName(group.cells[i].cell->cell)),
                    nullptr, nullptr});
    for (; i < next; ++i) {
      const std::string vehicle(TraitsOf(group.cells[i].cell->cell.vehicle).name);
      for (const SeriesResult* series : group.cells[i].series) {
        const std::string name = text::OneLine(series->name);
        rows.push_back({several ? vehicle + " · " + name : name, group.cells[i].cell, series});
      }
    }
  }
  return rows;
}

std::vector<std::vector<Row>> PartsOf(const std::vector<Row>& rows) {
  std::vector<std::vector<Row>> parts(1);
  std::size_t heading = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!rows[i].series) {
      heading = i;
      std::size_t next = i + 1;
      while (next < rows.size() && rows[next].series) ++next;
      if (!parts.back().empty() && parts.back().size() + (next - i) > kMostRows) {
        parts.emplace_back();
      }
    } else if (parts.back().size() == kMostRows) {
      parts.push_back({rows[heading]});
    }
    parts.back().push_back(rows[i]);
  }
  return parts;
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
  const double indent = row.series ? 16 : 2;
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

Figure SpreadFigure(const std::vector<Row>& rows, Unit unit, const Translator& tr) {
  Figure figure;
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
  for (const Row& row : rows) {
    if (!row.series) continue;
    const SeriesResult& series = *row.series;
    const auto value = [&](double number) { return InUnit(number, unit, tr); };
    figure.data.rows.push_back({text::OneLine(CellName(row.cell->cell)), text::OneLine(series.name),
                                wording::Count(series.samples, tr), value(Quantile(series, 1)),
                                value(series.lower_quartile), value(series.median),
                                value(series.upper_quartile), value(Quantile(series, 99))});
  }
  return figure;
}

void DrawSpread(Figure& figure, const std::vector<Row>& rows, Unit unit, const Scale& scale,
                const Translator& tr) {
  DrawInto(
      figure,
      [&](const Pen& pen) {
        const double top = 20;
        const double bottom = top + kRow * static_cast<double>(rows.size());
        DrawAxis(pen, scale, top, bottom, [&](double value) { return TickIn(value, unit, tr); });
        pen.Text(kValue, top - 5, std::string(tr("median")), "c-muted", Anchor::kEnd);
        double middle = top + kRow / 2;
        for (const Row& row : rows) {
          DrawRow(pen, row, unit, scale, middle, tr);
          middle += kRow;
        }
        return bottom + 6;
      },
      false);
}

void AddSpreads(std::vector<Figure>& figures, const MeasuredGroup& group, const Translator& tr) {
  const std::vector<Row> rows = RowsOf(group);
  const Scale scale = ScaleOf(rows);  // the same in all parts: they are compared
  const std::vector<std::vector<Row>> parts = PartsOf(rows);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    Figure figure = SpreadFigure(parts[i], group.unit, tr);
    figure.id = std::string(group.id) + (i == 0 ? "" : "-" + std::to_string(i + 1));
    figure.title = parts.size() == 1
                       ? std::string(tr(group.title))
                       : tr.Format("{} ({} of {})", tr(group.title), i + 1, parts.size());
    DrawSpread(figure, parts[i], group.unit, scale, tr);
    figures.push_back(std::move(figure));
  }
}

}  // namespace

std::vector<Figure> CostFigures(const RunReport& report, const Translator& tr) {
  std::vector<Figure> figures;
  for (const MeasuredGroup& group : MeasuredGroups(report)) {
    AddSpreads(figures, group, tr);
    if (group.id != "cost-creation") continue;
    if (auto curves = CreationCurves(group, tr)) figures.push_back(std::move(*curves));
    if (auto growth = CreationGrowth(group, tr)) figures.push_back(std::move(*growth));
  }
  return figures;
}

}  // namespace bulkhead::charts
