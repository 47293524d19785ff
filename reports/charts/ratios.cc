// Ratios of costs with their intervals, against 1 and against what is claimed.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "harness/model/names.h"
#include "reports/charts/canvas.h"
#include "reports/charts/scale.h"
#include "reports/text.h"
#include "reports/wording.h"

namespace bulkhead::charts {
namespace {

constexpr double kRow = 17, kLabel = 18, kLabelWidth = 274, kAxisFrom = 300, kAxisTo = 552;
constexpr double kValue = 580;

struct Row {
  std::string label;
  const RatioResult* ratio = nullptr;
};

struct Group {
  std::size_t number = 0;  // of the claim
  const Claim* claim = nullptr;
  const Verdict* verdict = nullptr;
  std::vector<Row> rows;
};

bool Drawable(const RatioResult& ratio) {
  return ratio.samples > 0 && ratio.ratio > 0 && ratio.low > 0 && std::isfinite(ratio.high);
}

std::vector<Group> GroupsOf(const RunReport& report) {
  std::vector<Group> groups;
  for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
    const Verdict& verdict = report.verdicts[i];
    Group group{i + 1, &wording::ClaimOf(report, i), &verdict, {}};
    if (!group.claim->experiment.ratio) continue;
    for (const CellResult& cell : verdict.cells) {
      if (cell.ratio) group.rows.push_back({text::OneLine(CellName(cell.cell)), &*cell.ratio});
    }
    if (group.rows.empty() && verdict.ratio) group.rows.push_back({"", &*verdict.ratio});
    if (!group.rows.empty()) groups.push_back(std::move(group));
  }
  return groups;
}

std::string Limit(double than) { return fmt::format("{:g}", than); }

Scale ScaleOf(const std::vector<Group>& groups) {
  double least = 1, most = 1;
  for (const Group& group : groups) {
    const double than = group.claim->experiment.ratio->than;
    if (than > 0) {
      least = std::min(least, than);
      most = std::max(most, than);
    }
    for (const Row& row : group.rows) {
      if (!Drawable(*row.ratio)) continue;
      least = std::min(least, row.ratio->low);
      most = std::max(most, row.ratio->high);
    }
  }
  return Scale::Log(least, most, kAxisFrom, kAxisTo, false);
}

void DrawRatio(const Pen& pen, const Group& group, const RatioResult& ratio, const Scale& scale,
               double middle, const Translator& tr) {
  const double limit = scale(group.claim->experiment.ratio->than);
  pen.Line(limit, middle - kRow / 2, limit, middle + kRow / 2, "c-limit");
  if (Drawable(ratio)) {
    const Pen mark = pen.Group("c-" + std::string(NameOf(group.verdict->outcome)));
    const double low = scale(ratio.low), high = scale(ratio.high);
    mark.Line(low, middle, high, middle, "c-interval");
    mark.Line(low, middle - 4, low, middle + 4, "c-interval");
    mark.Line(high, middle - 4, high, middle + 4, "c-interval");
    mark.Rect(scale(ratio.ratio) - 4, middle - 4, 8, 8, "c-mark");
  }
  pen.Text(kValue, middle + kBaseline, wording::Ratio(ratio, tr), "c-number");
}

double DrawGroup(const Pen& pen, const Group& group, const Scale& scale, double middle,
                 const Translator& tr) {
  const std::string id = text::OneLine(group.claim->id);
  const std::string outcome(NameOf(group.verdict->outcome));
  const Pen link = pen.Link("#claim-" + std::to_string(group.number), id + ", " + outcome);
  link.Group("c-" + outcome)
      .Text(2, middle + kBaseline, std::string(wording::Symbol(group.verdict->outcome)),
            "c-verdict");
  link.Text(kLabel, middle + kBaseline, ClipTo(id, kLabelWidth), "c-label");
  if (group.rows.size() == 1) {
    DrawRatio(pen, group, *group.rows[0].ratio, scale, middle, tr);
    return middle + kRow;
  }
  for (const Row& row : group.rows) {
    middle += kRow;
    pen.Text(kLabel + 14, middle + kBaseline, ClipTo(row.label, kLabelWidth - 14), "c-muted");
    DrawRatio(pen, group, *row.ratio, scale, middle, tr);
  }
  return middle + kRow;
}

}  // namespace

std::optional<Figure> RatioForest(const RunReport& report, const Translator& tr) {
  const std::vector<Group> groups = GroupsOf(report);
  if (groups.empty()) return std::nullopt;
  Figure figure;
  figure.id = "ratios";
  figure.title = tr("How many times one costs the other");
  figure.how_to_read = tr(
      "Each square is a ratio of two medians with its interval; right of the solid line the first "
      "costs more than the second, and right of the dashed line the ratio is as claimed. The axis "
      "is logarithmic: equal steps are equal factors.");
  figure.data.head = {std::string(tr("claim")),  std::string(tr("verdict")),
                      std::string(tr("cell")),   std::string(tr("what is divided")),
                      std::string(tr("ratio")),  std::string(tr("claimed to be more than")),
                      std::string(tr("samples"))};
  std::size_t lines = 0;
  for (const Group& group : groups) {
    lines += group.rows.size() + (group.rows.size() > 1 ? 1 : 0);
    const RatioSpec& spec = *group.claim->experiment.ratio;
    for (const Row& row : group.rows) {
      figure.data.rows.push_back(
          {text::OneLine(group.claim->id), std::string(NameOf(group.verdict->outcome)),
           row.label.empty() ? "–" : row.label,
           text::OneLine(spec.numerator) + " / " + text::OneLine(spec.denominator),
           wording::Ratio(*row.ratio, tr), Limit(spec.than),
           wording::Count(row.ratio->samples, tr)});
    }
  }
  DrawInto(
      figure,
      [&](const Pen& pen) {
        const Scale scale = ScaleOf(groups);
        const double top = 20;
        const double bottom = top + kRow * static_cast<double>(lines);
        DrawAxis(pen, scale, top, bottom, Limit);
        pen.Line(scale(1), top, scale(1), bottom, "c-strong");
        pen.Text(kValue, top - 5, std::string(tr("ratio")), "c-muted");
        double middle = top + kRow / 2;
        for (const Group& group : groups) middle = DrawGroup(pen, group, scale, middle, tr);
        return bottom + 6;
      },
      true);
  return figure;
}

}  // namespace bulkhead::charts
