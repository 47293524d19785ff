// trace.json: the decisive trials as Chrome trace events, for Perfetto and chrome://tracing.  Each
// process of a trial is a process there and each unit a thread of it.  Slices of one thread nest:
// its life, and in it the act.  A challenge may overlap the act and is an asynchronous pair.  Times
// are those of the run.
//
// Runs in: anywhere.
// Source of the form: "Trace Event Format" (Chromium), JSON object format.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "harness/model/names.h"
#include "reports/text.h"
#include "reports/timeline.h"
#include "reports/wording.h"
#include "reports/writer.h"

namespace bulkhead {
namespace {

// A JSON string; text::OneLine leaves no control character that would need more.
std::string Quoted(std::string_view foreign) {
  std::string out = "\"";
  for (const char c : text::OneLine(foreign)) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

std::string Microseconds(Nanoseconds time) {
  return fmt::format("{:.3f}", static_cast<double>(time) / kMicrosecond);
}

// What is drawn of one unit.
struct Track {
  std::uint64_t pid = 0, tid = 0;  // of the trace
  std::int32_t real_pid = 0;       // of the machine; 0: not recorded
  Nanoseconds from = 0, to = 0;    // its life
  std::optional<Nanoseconds> act, act_end, asked;
  bool seen = false;
};

class Events {
 public:
  void Add(std::string_view phase, std::string_view name, const Track& track,
           const std::string& more) {
    text_ += fmt::format("{}\n{{\"ph\":\"{}\",\"name\":{},\"pid\":{},\"tid\":{},{}}}",
                         text_.empty() ? "" : ",", phase, Quoted(name), track.pid, track.tid, more);
  }
  void Name(std::string_view what, const Track& track, std::string_view name) {
    Add("M", what, track, fmt::format("\"args\":{{\"name\":{}}}", Quoted(name)));
  }
  void Slice(std::string_view name, const Track& track, Nanoseconds from, Nanoseconds to) {
    Add("X", name, track,
        fmt::format("\"ts\":{},\"dur\":{}", Microseconds(from), Microseconds(to - from)));
  }
  // An end has the name and id of its beginning.
  void Pair(std::string_view name, const Track& track, Nanoseconds from, Nanoseconds to) {
    const std::uint64_t id = ++pairs_;
    for (const auto& [phase, at] : {std::pair("b", from), std::pair("e", to)}) {
      Add(phase, name, track,
          fmt::format("\"cat\":\"challenge\",\"id\":{},\"ts\":{}", id, Microseconds(at)));
    }
  }
  void Instant(const TimelineRow& row, const Track& track, Nanoseconds at) {
    Add("i", row.what, track,
        fmt::format("\"s\":\"t\",\"ts\":{},\"args\":{{\"word of\":{},\"since armed\":{}}}",
                    Microseconds(at), Quoted(row.word_of), Quoted(row.when)));
  }
  std::string Take() { return std::move(text_); }

 private:
  std::string text_;
  std::uint64_t pairs_ = 0;
};

// Index of the unit whose process `unit` runs in.
std::uint32_t ProcessOf(const TrialPlan& plan, std::uint32_t unit) {
  const VehicleTraits& traits = TraitsOf(plan.cell.vehicle);
  const bool own = unit == kVictimIndex      ? traits.victim_is_process
                   : unit <= plan.bystanders ? traits.bystanders_are_processes
                                             : true;
  return own ? unit : plan.bystanders + 1;
}

// The times of one observation that decide what is drawn of its unit.
void Note(const Event& event, Nanoseconds at, Track& track) {
  if (!track.seen) track.from = track.to = at;
  track.seen = true;
  track.from = std::min(track.from, at);
  track.to = std::max(track.to, at);
  if (const auto* launched = std::get_if<Launched>(&event)) track.real_pid = launched->pid;
  if (std::holds_alternative<Firing>(event)) track.act = at;
  const bool back = std::holds_alternative<Returned>(event) ||
                    std::holds_alternative<Ended>(event) || std::holds_alternative<TaskGone>(event);
  if (back && track.act && !track.act_end) track.act_end = at;
}

class TrialEvents {
 public:
  TrialEvents(const Trial& trial, std::uint64_t first_id, Events& out)
      : trial_(trial), first_id_(first_id), out_(out) {
    for (const Observation& seen : trial.observations) {
      Track& track = tracks_[seen.unit];
      track.pid = first_id + ProcessOf(trial.plan, seen.unit);
      track.tid = first_id + seen.unit;
      Note(seen.event, trial.started + seen.at, track);
    }
  }

  void Write() {
    WriteNames();
    for (const auto& [unit, track] : tracks_) {
      out_.Slice(NameOfUnit(unit), track, track.from, track.to);
      if (!track.act) continue;
      out_.Slice("act", track, *track.act, std::max(*track.act, track.act_end.value_or(track.to)));
    }
    WriteInstants();
  }

  std::uint64_t LastId() const {
    return tracks_.empty()
               ? first_id_
               : first_id_ + std::max(tracks_.rbegin()->first, trial_.plan.bystanders + 1);
  }

 private:
  std::string NameOfUnit(std::uint32_t unit) const {
    return UnitName(unit, trial_.plan.bystanders, trial_.plan.cell.vehicle);
  }

  void WriteNames() {
    for (const auto& [unit, track] : tracks_) {
      const std::uint32_t process = ProcessOf(trial_.plan, unit);
      const auto found = tracks_.find(process);
      const std::int32_t pid = found == tracks_.end() ? 0 : found->second.real_pid;
      out_.Name("process_name", track,
                fmt::format("{}, process of {}{}", TrialLine(trial_), NameOfUnit(process),
                            pid > 0 ? fmt::format(" (pid {})", pid) : ""));
      out_.Name("thread_name", track, NameOfUnit(unit));
    }
  }

  // Rows and observations are in one order: by time, equal times as they came.
  void WriteInstants() {
    std::vector<const Observation*> order;
    for (const Observation& seen : trial_.observations) order.push_back(&seen);
    std::ranges::stable_sort(order, {}, &Observation::at);
    const Timeline timeline = TimelineOf(trial_, Detail::kAll, order.size());
    for (std::size_t i = 0; i < timeline.rows.size(); ++i) {
      const Nanoseconds at = trial_.started + order[i]->at;
      Track& track = tracks_[order[i]->unit];
      if (std::holds_alternative<Challenged>(order[i]->event)) {
        if (!track.asked) track.asked = at;
      } else if (track.asked && (std::holds_alternative<Answered>(order[i]->event) ||
                                 std::holds_alternative<Silent>(order[i]->event))) {
        out_.Pair("challenge", track, *track.asked, at);
        track.asked.reset();
      }
      out_.Instant(timeline.rows[i], track, at);
    }
  }

  const Trial& trial_;
  const std::uint64_t first_id_;
  Events& out_;
  std::map<std::uint32_t, Track> tracks_;
};

}  // namespace

Document WriteTrace(const RunReport& report, const WriteOptions& /*options*/) {
  Events events;
  std::uint64_t id = 1;  // of processes and threads of the trace: the machine's own repeat
  for (const auto& [number, trial] : report.decisive) {
    TrialEvents of(trial, id, events);
    of.Write();
    id = of.LastId() + 1;
  }
  return fmt::format(
      "{{\"displayTimeUnit\":\"ns\",\"otherData\":{{\"program\":\"bulkhead\",\"version\":{},"
      "\"run\":{}}},\"traceEvents\":[{}\n]}}\n",
      Quoted(report.plan.tool_version), Quoted(report.plan.run_id), events.Take());
}

}  // namespace bulkhead
