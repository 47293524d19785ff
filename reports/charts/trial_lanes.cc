// The swimlanes of one trial.  Microseconds and whole seconds stand side by side, so time is
// logarithmic on both sides of the fault.
#include <algorithm>
#include <cmath>
#include <set>

#include "harness/model/names.h"
#include "reports/charts/canvas.h"
#include "reports/charts/lanes.h"
#include "reports/charts/scale.h"
#include "reports/text.h"
#include "reports/timeline.h"

namespace bulkhead::charts {
namespace {

constexpr double kNames = 96, kFrom = 112, kTo = 690, kTop = 40;
constexpr double kBar = 14, kStep = 18, kPad = 6;
constexpr std::size_t kMostRows = 400;

// A mark at its place: marks that would meet are put above one another.
struct Placed {
  const Mark* mark = nullptr;
  std::string label;
  double x = 0;
  std::size_t row = 0;    // 0: on the bar
  bool leftward = false;  // the label stands left of the sign
};

struct LanePlan {
  const Lane* lane = nullptr;
  std::vector<Mark> marks;
  std::vector<Placed> placed;
  std::size_t rows = 1;

  double Height() const { return kBar + kStep * static_cast<double>(rows - 1) + 2 * kPad; }
};

// Marks of one kind that lie on one another become one with a number.
std::vector<Mark> Merged(const std::vector<Mark>& marks, const Scale& scale) {
  std::vector<Mark> merged;
  for (const Mark& mark : marks) {
    const bool again =
        !merged.empty() && merged.back().sign == mark.sign && merged.back().label == mark.label &&
        scale(static_cast<double>(mark.at)) - scale(static_cast<double>(merged.back().at)) < 12;
    if (!again) {
      merged.push_back(mark);
      continue;
    }
    ++merged.back().times;
    merged.back().title += "\n" + mark.title;
  }
  return merged;
}

LanePlan PlanOf(const Lane& lane, const Scale& scale) {
  LanePlan plan;
  plan.lane = &lane;
  plan.marks = Merged(lane.marks, scale);
  struct Taken {
    double low, high;
  };
  std::vector<std::vector<Taken>> rows(1);
  for (const Mark& mark : plan.marks) {
    Placed placed;
    placed.mark = &mark;
    placed.label = mark.label;
    if (mark.times > 1) placed.label += " ×" + std::to_string(mark.times);
    placed.x = scale(static_cast<double>(mark.at));
    const double width = placed.label.empty() ? 0 : WidthOf(placed.label) + 4;
    placed.leftward = placed.x + 8 + width > kWidth;
    const Taken own{placed.x - 8 - (placed.leftward ? width : 0),
                    placed.x + 8 + (placed.leftward ? 0 : width)};
    const auto free = [&](const std::vector<Taken>& row) {
      return std::none_of(row.begin(), row.end(), [&](const Taken& other) {
        return own.low < other.high && own.high > other.low;
      });
    };
    while (!free(rows[placed.row])) {
      if (++placed.row == rows.size()) rows.emplace_back();
    }
    rows[placed.row].push_back(own);
    plan.placed.push_back(std::move(placed));
  }
  plan.rows = rows.size();
  return plan;
}

void DrawGap(const Pen& pen, const Gap& gap, double from, double to, double middle) {
  std::string strokes;
  for (double x = from; x + 4 <= to; x += 6) {
    strokes += "M" + Coordinate(x) + " " + Coordinate(middle + 5) + "l4 -10";
  }
  const Pen group = pen.Group("");
  group.Title(gap.title);
  group.Path(strokes, "c-gap");
}

void DrawLane(const Pen& pen, const LanePlan& plan, const Scale& scale, double top) {
  const Lane& lane = *plan.lane;
  const double middle = top + plan.Height() - kPad - kBar / 2;
  const double begin = scale(static_cast<double>(lane.begin));
  const double end = lane.end ? scale(static_cast<double>(*lane.end)) : kTo;
  pen.Text(kNames, middle + kBaseline, lane.name, "", Anchor::kEnd);
  pen.Rect(begin, middle - kBar / 2, end - begin, kBar, "c-alive");
  if (lane.end) pen.Rect(end, middle - kBar / 2, kTo - end, kBar, "c-gone");
  for (const Gap& gap : lane.silent) {
    DrawGap(pen, gap, scale(static_cast<double>(gap.from)), scale(static_cast<double>(gap.to)),
            middle);
  }
  for (const Placed& placed : plan.placed) {
    if (placed.row == 0) continue;
    const double y = middle - kStep * static_cast<double>(placed.row);
    pen.Line(placed.x, y, placed.x, middle + kBar / 2, "c-leader");
  }
  for (const Placed& placed : plan.placed) {
    const double y = middle - kStep * static_cast<double>(placed.row);
    const Pen group = pen.Group("");
    group.Title(placed.mark->title);
    DrawSign(group, placed.mark->sign, placed.x, y);
    if (placed.label.empty()) continue;
    group.Text(placed.x + (placed.leftward ? -9 : 9), y + kBaseline, placed.label, "c-halo",
               placed.leftward ? Anchor::kEnd : Anchor::kStart);
  }
}

double DrawLegend(const Pen& pen, const std::vector<LanePlan>& plans, double top,
                  const Translator& tr) {
  std::set<Sign> used;
  for (const LanePlan& plan : plans) {
    for (const Mark& mark : plan.marks) used.insert(mark.sign);
    if (!plan.lane->silent.empty()) used.insert(Sign::kSilent);
  }
  double x = 10, y = top + 10;
  for (const Sign sign : used) {
    const std::string meaning = MeaningOf(sign, tr);
    const double width = 14 + WidthOf(meaning) + 14;
    if (x > 10 && x + width > kWidth) {
      x = 10;
      y += 18;
    }
    DrawSign(pen, sign, x, y);
    pen.Text(x + 12, y + kBaseline, meaning, "c-muted");
    x += width;
  }
  return y + 12;
}

// Lanes of one process are in one box; its heading is needed where there are several.
double DrawBoxes(const Pen& boxes, const Pen& pen, const std::vector<LanePlan>& plans,
                 const Scale& scale, double top, const Translator& tr) {
  for (std::size_t i = 0; i < plans.size();) {
    std::size_t next = i;
    double height = 0;
    while (next < plans.size() && plans[next].lane->process == plans[i].lane->process) {
      height += plans[next++].Height();
    }
    const bool several = next - i > 1;
    const double head = several ? 16 : 0;
    boxes.Rect(4, top, kWidth - 8, height + head, "c-box");
    if (several) {
      pen.Text(12, top + 14, std::string(tr("threads of one process")), "c-muted c-halo");
    }
    double lane = top + head;
    for (; i < next; ++i) {
      DrawLane(pen, plans[i], scale, lane);
      lane += plans[i].Height();
    }
    top = lane + 6;
  }
  return top;
}

std::string TickLabel(double nanoseconds) {
  if (nanoseconds == 0) return "";  // the line of the fault says so
  return (nanoseconds > 0 ? "+" : "−") + RoundTime(std::abs(nanoseconds));
}

}  // namespace

Figure TrialLanes(const RunReport& /*report*/, const Trial& trial, const std::string& id,
                  const Translator& tr) {
  Figure figure;
  figure.id = id;
  figure.title = tr.Format("Trial {}: what happened to each unit ({})", trial.plan.id,
                           text::OneLine(CellName(trial.plan.cell)));
  figure.how_to_read = tr(
      "Each lane is a unit, each box a process; a filled bar is a unit that is there, and a dashed "
      "outline one that is gone. Time is counted from the line through all lanes and is "
      "logarithmic "
      "on both sides of it; what lies close together is stacked, with a thin line down to its "
      "moment.");
  figure.data.head = {std::string(tr("time")), std::string(tr("unit")),
                      std::string(tr("whose word")), std::string(tr("what"))};
  const Timeline timeline = TimelineOf(trial, Detail::kAll, kMostRows, tr);
  for (const TimelineRow& row : timeline.rows) {
    figure.data.rows.push_back({row.when, row.unit, std::string(row.word_of), row.what});
  }
  if (timeline.left_out > 0) {
    figure.data.rows.push_back(
        {"…", "", "", tr.Format("{} more are in the journal", timeline.left_out)});
  }

  const Lanes lanes = LanesOf(trial, tr);
  const Scale scale = Scale::BothWays(static_cast<double>(lanes.first),
                                      static_cast<double>(lanes.last), kMicrosecond, kFrom, kTo);
  std::vector<LanePlan> plans;
  for (const Lane& lane : lanes.lanes) plans.push_back(PlanOf(lane, scale));
  DrawInto(
      figure,
      [&](const Pen& pen) {
        // Boxes, axis, lanes lie on one another in this order.
        const Pen boxes = pen.Group(""), axis = pen.Group(""), front = pen.Group("");
        const double top = kTop + (lanes.shared_memory ? 20 : 4);
        const double end = DrawBoxes(boxes, front, plans, scale, top, tr);
        if (lanes.shared_memory) {
          boxes.Rect(1, kTop, kWidth - 2, end - 2 - kTop, "c-frame");
          front.Text(12, kTop + 13, std::string(tr("processes that share one address space")),
                     "c-muted c-halo");
        }
        DrawAxis(axis, scale, kTop, end, TickLabel);
        const double zero = scale(0);
        axis.Line(zero, kTop - 26, zero, end, "c-zero");
        axis.Text(zero + 6, kTop - 20,
                  std::string(lanes.acted ? tr("0: the fault") : tr("0: told to act")), "c-head");
        return DrawLegend(pen, plans, end + 6, tr);
      },
      false);
  return figure;
}

}  // namespace bulkhead::charts
