#include "reports/charts/lanes.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/model/fate.h"
#include "harness/model/names.h"
#include "reports/text.h"
#include "reports/timeline.h"
#include "reports/wording.h"

namespace bulkhead::charts {
namespace {

constexpr std::uint32_t kMostUnits = 64;

// The unit whose process `unit` lives in.
std::uint32_t ProcessOf(std::uint32_t unit, std::uint32_t bystanders, const VehicleTraits& traits) {
  const std::uint32_t host = bystanders + 1;
  const bool own = unit == kVictimIndex ? traits.victim_is_process
                   : unit < host        ? traits.bystanders_are_processes
                                        : true;
  return own || !traits.has_host ? unit : host;
}

// One overload for each kind of observation; nothing for what is no mark.
struct MarkOf {
  const Translator& tr;

  using Made = std::optional<Mark>;
  static Made Of(Sign sign, std::string label = "") {
    return Mark{0, sign, std::move(label), "", 1};
  }

  Made operator()(const Launched&) const { return std::nullopt; }
  Made operator()(const Ready&) const { return std::nullopt; }
  Made operator()(const ChannelClosed&) const { return std::nullopt; }
  Made operator()(const Armed&) const { return Of(Sign::kArmed); }
  Made operator()(const Firing&) const { return Of(Sign::kAct); }
  Made operator()(const Returned&) const { return Of(Sign::kReturned); }
  Made operator()(const Faulted& e) const { return Of(Sign::kSignal, SignalName(e.signal)); }
  Made operator()(const Ended& e) const {
    if (e.signaled) return Of(Sign::kDeath, SignalName(e.status));
    return Of(Sign::kExit, tr.Format("exit {}", e.status));
  }
  Made operator()(const TaskGone&) const {
    return Of(Sign::kDeath, std::string(tr("thread gone")));
  }
  Made operator()(const Doing& e) const {
    return Of(Sign::kTold, tr.Format("state {}", text::OneLine({&e.state, 1})));
  }
  Made operator()(const TargetRead&) const { return Of(Sign::kTold, std::string(tr("target"))); }
  Made operator()(const OomKilled&) const { return Of(Sign::kTold, std::string(tr("OOM kill"))); }
  Made operator()(const Challenged&) const { return Of(Sign::kChallenged); }
  Made operator()(const Answered& e) const {
    return Of(e.digest_right ? Sign::kWhole : Sign::kDamaged);
  }
  Made operator()(const Silent&) const { return std::nullopt; }
  Made operator()(const Reading&) const { return Of(Sign::kTold, std::string(tr("reading"))); }
  Made operator()(const Region&) const { return Of(Sign::kTold, std::string(tr("region"))); }
  Made operator()(const Samples&) const { return Of(Sign::kTold, std::string(tr("samples"))); }
  Made operator()(const SignalSent& e) const { return Of(Sign::kSignalSent, SignalName(e.signal)); }
  Made operator()(const NotReaped&) const { return Of(Sign::kTold, std::string(tr("not reaped"))); }
  Made operator()(const Garbage&) const { return Of(Sign::kTold, std::string(tr("no message"))); }
};

struct Zero {
  Nanoseconds at = 0;
  bool acted = false;
};

Zero ZeroOf(const std::vector<const Observation*>& order) {
  const Observation* armed = nullptr;
  for (const Observation* seen : order) {
    if (seen->unit == kVictimIndex && std::holds_alternative<Firing>(seen->event)) {
      return {seen->at, true};
    }
    const bool better = !armed || (armed->unit != kVictimIndex && seen->unit == kVictimIndex);
    if (std::holds_alternative<Armed>(seen->event) && better) armed = seen;
  }
  if (armed) return {armed->at, false};
  return {order.empty() ? 0 : order.front()->at, false};
}

}  // namespace

Lanes LanesOf(const Trial& trial, const Translator& tr) {
  // As TimelineOf sorts them, whose rows are the titles of the marks.
  std::vector<const Observation*> order;
  for (const Observation& seen : trial.observations) order.push_back(&seen);
  std::stable_sort(order.begin(), order.end(),
                   [](const Observation* a, const Observation* b) { return a->at < b->at; });
  const Timeline timeline = TimelineOf(trial, Detail::kAll, order.size(), tr);
  const Zero zero = ZeroOf(order);

  const VehicleTraits& traits = TraitsOf(trial.plan.cell.vehicle);
  const std::uint32_t bystanders = std::min(trial.plan.bystanders, kMostUnits);
  std::vector<Lane> lanes(bystanders + 1 + (traits.has_host ? 1 : 0));
  for (std::uint32_t unit = 0; unit < lanes.size(); ++unit) {
    lanes[unit].name = wording::Unit(unit, trial.plan, tr);
    lanes[unit].process = ProcessOf(unit, bystanders, traits);
  }
  std::vector<bool> begun(lanes.size());
  Lanes result;
  result.acted = zero.acted;
  if (!order.empty()) {
    result.first = order.front()->at - zero.at;
    result.last = order.back()->at - zero.at;
  }
  for (std::size_t i = 0; i < order.size(); ++i) {
    const Observation& seen = *order[i];
    if (seen.unit >= lanes.size()) continue;
    Lane& lane = lanes[seen.unit];
    const Nanoseconds at = seen.at - zero.at;
    if (!begun[seen.unit]) lane.begin = at;
    begun[seen.unit] = true;
    const std::string title = timeline.rows[i].when + " " + timeline.rows[i].what;
    if (const auto* silent = std::get_if<Silent>(&seen.event)) {
      lane.silent.push_back({std::max(at - silent->waited, lane.begin), at, title});
    }
    std::optional<Mark> mark = std::visit(MarkOf{tr}, seen.event);
    if (!mark) continue;
    mark->at = at;
    mark->title = title;
    if (!lane.end && (mark->sign == Sign::kDeath || mark->sign == Sign::kExit)) lane.end = at;
    lane.marks.push_back(std::move(*mark));
  }
  for (std::uint32_t unit = 0; unit < lanes.size(); ++unit) {
    Lane& lane = lanes[unit];
    if (!begun[unit]) lane.begin = result.first;
    if (lane.process == unit || lane.process >= lanes.size()) continue;
    // A thread ends with its process at the latest.
    const Lane& host = lanes[lane.process];
    if (host.end && (!lane.end || *host.end < *lane.end)) lane.end = host.end;
  }
  std::vector<std::uint32_t> processes;
  for (const Lane& lane : lanes) {
    if (std::find(processes.begin(), processes.end(), lane.process) != processes.end()) continue;
    processes.push_back(lane.process);
    for (const Lane& other : lanes) {
      if (other.process == lane.process) result.lanes.push_back(other);
    }
  }
  result.shared_memory = traits.shares_memory && processes.size() > 1;
  return result;
}

void DrawSign(const Pen& pen, Sign sign, double x, double y) {
  const std::string at = "M" + Coordinate(x) + " " + Coordinate(y);
  switch (sign) {
    case Sign::kArmed:
      return pen.Path(at + "m-4 -5l8 5l-8 5z", "c-hollow");
    case Sign::kAct:
      return pen.Path(at + "m2 -8l-7 9h4l-2 7l7 -9h-4z", "c-act");
    case Sign::kReturned:
      return pen.Path(at + "m4 -5l-8 5l8 5z", "c-hollow");
    case Sign::kSignal:
      return pen.Path(at + "m0 -6l6 11h-12z", "c-signal");
    case Sign::kSignalSent:
      return pen.Path(at + "m0 6l6 -11h-12z", "c-told");
    case Sign::kDeath:
      return pen.Path(at + "m-5 -5l10 10m0 -10l-10 10", "c-death");
    case Sign::kExit:
      return pen.Rect(x - 4, y - 4, 8, 8, "c-hollow");
    case Sign::kChallenged:
      return pen.Path(at + "m0 -6l6 6l-6 6l-6 -6z", "c-asked");
    case Sign::kWhole:
      return pen.Circle(x, y, 5, "c-whole");
    case Sign::kDamaged:
      pen.Rect(x - 6, y - 6, 12, 12, "c-damaged");
      return pen.Path(at + "m-3 -3l6 6m0 -6l-6 6", "c-cross");
    case Sign::kSilent:
      return pen.Path(at + "m-5 5l6 -10m0 10l6 -10", "c-gap");
    case Sign::kTold:
      return pen.Path(at + "m0 -5v10", "c-strong");
  }
}

std::string MeaningOf(Sign sign, const Translator& tr) {
  switch (sign) {
    case Sign::kArmed:
      return std::string(tr("told to act"));
    case Sign::kAct:
      return std::string(tr("the act"));
    case Sign::kReturned:
      return std::string(tr("the act returned"));
    case Sign::kSignal:
      return std::string(tr("signal seen by the unit"));
    case Sign::kSignalSent:
      return std::string(tr("signal sent by the supervisor"));
    case Sign::kDeath:
      return std::string(tr("ended by force"));
    case Sign::kExit:
      return std::string(tr("exited"));
    case Sign::kChallenged:
      return std::string(tr("challenged"));
    case Sign::kWhole:
      return std::string(tr("answered, canary whole"));
    case Sign::kDamaged:
      return std::string(tr("answered, canary broken"));
    case Sign::kSilent:
      return std::string(tr("no answer until the deadline"));
    case Sign::kTold:
      return std::string(tr("other observation"));
  }
  return "";
}

}  // namespace bulkhead::charts
