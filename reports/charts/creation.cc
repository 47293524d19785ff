#include "reports/charts/creation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "harness/model/names.h"
#include "reports/charts/canvas.h"
#include "reports/charts/scale.h"
#include "reports/text.h"
#include "reports/wording.h"

namespace bulkhead::charts {
namespace {

constexpr double kFrom = 48, kTo = 600, kTop = 24, kBottom = 300, kLabels = 610;

std::string Move(double x, double y) { return "M" + Coordinate(x) + " " + Coordinate(y); }

std::string Class(std::string_view series, std::size_t dash) {
  return fmt::format("c-curve c-d{} {}", dash % 6 + 1, ColorOf(series));
}

struct Label {
  double x = 0, y = 0;  // where it points to
  std::string text;
  std::string_view color;
};

// Labels beside the right edge, each as near as may be to what it names.
void DrawLabels(const Pen& pen, std::vector<Label> labels) {
  constexpr double kLine = 14;
  std::sort(labels.begin(), labels.end(), [](const Label& a, const Label& b) { return a.y < b.y; });
  std::vector<double> places;
  double next = kTop + 4;
  for (const Label& label : labels) {
    places.push_back(std::max(label.y, next));
    next = places.back() + kLine;
  }
  double last = kBottom;
  for (std::size_t i = labels.size(); i-- > 0; last -= kLine) {
    places[i] = std::min(places[i], last);
    last = std::min(last, places[i]);
  }
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const Label& label = labels[i];
    pen.Line(label.x + 4, label.y, kLabels - 3, places[i], "c-leader");
    pen.Group(label.color)
        .Text(kLabels, places[i] + kBaseline, ClipTo(label.text, kWidth - kLabels));
  }
}

}  // namespace

std::optional<Figure> CreationCurves(const MeasuredGroup& creation, const Translator& tr) {
  const MeasuredCell* chosen = nullptr;
  for (const MeasuredCell& cell : creation.cells) {
    if (!chosen || cell.series.size() > chosen->series.size()) chosen = &cell;
  }
  if (!chosen || chosen->series.size() < 2) return std::nullopt;
  std::vector<const SeriesResult*> all = chosen->series;
  std::sort(all.begin(), all.end(),
            [](const auto* a, const auto* b) { return a->median < b->median; });
  const std::string cell = text::OneLine(CellName(chosen->cell->cell));

  Figure figure;
  figure.id = "cost-creation-curves";
  figure.title = tr.Format("Ways of making a unit, compared ({})", cell);
  figure.how_to_read = tr.Format(
      "A curve shows for each time which part of the samples took no longer; what lies further "
      "left "
      "is quicker, and a steep curve is steady. Each curve goes in steps through {} quantiles; the "
      "axis of times is logarithmic.",
      kQuantileGrid.size());
  figure.data.head = {std::string(tr("series"))};
  for (const int percent : kQuantileGrid) figure.data.head.push_back(fmt::format("{} %", percent));
  double least = all[0]->median, most = least;
  for (const SeriesResult* series : all) {
    std::vector<std::string> row{text::OneLine(series->name)};
    for (const int percent : kQuantileGrid) {
      row.push_back(InUnit(Quantile(*series, percent), creation.unit, tr));
    }
    figure.data.rows.push_back(std::move(row));
    least = std::min(least, Quantile(*series, 0));
    most = std::max(most, Quantile(*series, 99));
  }
  DrawInto(
      figure,
      [&](const Pen& pen) {
        const Scale x = Scale::Log(std::max(least, 1.0), std::max(most, 2.0), kFrom, kTo, false);
        const auto y = [](double part) { return kBottom - part * (kBottom - kTop); };
        for (const double part : {0.0, 0.25, 0.5, 0.75, 1.0}) {
          pen.Line(kFrom, y(part), kTo, y(part), "c-grid");
          pen.Text(kFrom - 6, y(part) + kBaseline, wording::Percent(part, tr), "", Anchor::kEnd);
        }
        DrawAxis(pen, x, kTop, kBottom,
                 [&](double value) { return TickIn(value, creation.unit, tr); });
        for (std::size_t i = 0; i < all.size(); ++i) {
          std::string path = Move(x(Quantile(*all[i], 0)), y(0));
          for (const int percent : kQuantileGrid) {
            if (percent == 100) break;  // the rarest sample would stretch the axis
            path += "V" + Coordinate(y(percent / 100.0));
            path += "H" + Coordinate(x(Quantile(*all[i], percent)));
          }
          pen.Path(path, Class(all[i]->name, i));
        }
        // Each label at a height of its own, left of its curve, so that neighbours do not meet.
        const std::size_t n = all.size();
        for (std::size_t i = 0; i < n; ++i) {
          const int percent =
              10 + 5 * static_cast<int>(16 * (n - 1 - i) / std::max<std::size_t>(n - 1, 1));
          pen.Group(ColorOf(all[i]->name))
              .Text(x(Quantile(*all[i], percent)) + 6, y(percent / 100.0) + kBaseline,
                    text::OneLine(all[i]->name), "c-halo");
        }
        return kBottom + 10;
      },
      false);
  return figure;
}

std::optional<Figure> CreationGrowth(const MeasuredGroup& creation, const Translator& tr) {
  struct Point {
    double mib = 0, median = 0;
  };
  std::map<std::string, std::vector<Point>> lines;
  std::vector<double> sizes;
  for (const MeasuredCell& cell : creation.cells) {
    const auto mib = std::find_if(cell.cell->series.begin(), cell.cell->series.end(),
                                  [](const SeriesResult& s) { return s.name == "parent-mib"; });
    if (mib == cell.cell->series.end() || !(mib->median > 0)) continue;
    sizes.push_back(mib->median);
    for (const SeriesResult* series : cell.series) {
      lines[series->name].push_back({mib->median, series->median});
    }
  }
  std::sort(sizes.begin(), sizes.end());
  sizes.erase(std::unique(sizes.begin(), sizes.end()), sizes.end());
  if (sizes.size() < 2) return std::nullopt;

  Figure figure;
  figure.id = "cost-creation-growth";
  figure.title = tr("Making a unit when the parent has much memory");
  figure.how_to_read =
      tr("Each line is one way of making a unit; a point is the median in a parent that had "
         "touched so "
         "much memory. A line that rises pays for the memory of the parent, a level one does not; "
         "both "
         "axes are logarithmic.");
  const auto size = [&](double mib) { return InUnit(mib * 1024 * 1024, Unit::kBytes, tr); };
  figure.data.head = {std::string(tr("series"))};
  for (const double mib : sizes) figure.data.head.push_back(size(mib));
  double least = 0, most = 0;
  for (auto& [name, points] : lines) {
    std::sort(points.begin(), points.end(),
              [](const Point& a, const Point& b) { return a.mib < b.mib; });
    std::vector<std::string> row{text::OneLine(name)};
    for (const double mib : sizes) {
      const auto point =
          std::find_if(points.begin(), points.end(), [&](const Point& p) { return p.mib == mib; });
      row.push_back(point == points.end() ? "–" : InUnit(point->median, creation.unit, tr));
    }
    figure.data.rows.push_back(std::move(row));
    for (const Point& point : points) {
      least = least > 0 ? std::min(least, point.median) : point.median;
      most = std::max(most, point.median);
    }
  }
  DrawInto(
      figure,
      [&](const Pen& pen) {
        const double left = kFrom + 20;
        const Scale y = Scale::Log(std::max(least, 1.0), std::max(most, 2.0), kBottom, kTop, false);
        const double first = std::log2(sizes.front()), last = std::log2(sizes.back());
        const auto x = [&](double mib) {
          return left + (std::log2(mib) - first) / (last - first) * (kTo - 16 - left);
        };
        for (const Tick& tick : y.ticks()) {
          pen.Line(left, tick.at, kTo, tick.at, "c-grid");
          pen.Text(left - 6, tick.at + kBaseline, TickIn(tick.value, creation.unit, tr), "",
                   Anchor::kEnd);
        }
        for (const double mib : sizes) {
          pen.Line(x(mib), kTop, x(mib), kBottom, "c-grid");
          pen.Text(x(mib), kBottom + 16, size(mib), "", Anchor::kMiddle);
        }
        std::vector<Label> labels;
        std::size_t dash = 0;
        for (const auto& [name, points] : lines) {
          std::string path;
          for (const Point& point : points) {
            path += (path.empty() ? "M" : "L") + Coordinate(x(point.mib)) + " " +
                    Coordinate(y(point.median));
          }
          pen.Path(path, Class(name, dash++));
          for (const Point& point : points) {
            pen.Group(ColorOf(name)).Circle(x(point.mib), y(point.median), 3, "c-mark");
          }
          labels.push_back(
              {x(points.back().mib), y(points.back().median), text::OneLine(name), ColorOf(name)});
        }
        DrawLabels(pen, std::move(labels));
        return kBottom + 24;
      },
      false);
  return figure;
}

}  // namespace bulkhead::charts
