// The form of trials.  A million of them shall fit in 100 MB compressed: events are short lists,
// and their times are differences to the event before (fewer digits that differ from trial to
// trial).
#include <algorithm>
#include <charconv>
#include <concepts>
#include <iterator>

#include "harness/model/json_codec.h"

namespace bulkhead::json_codec {
namespace {

template <typename... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};
template <typename... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

// A value that other readers of JSON would round, as "0x1f".
struct AsHex {
  std::uint64_t value;
};

// Hands name and fields of the event, in the order of the struct, to `put(...)`.
template <typename Put>
void Fields(const Event& event, Put put) {
  std::visit(
      Overloaded{
          [&](const Launched& e) { put("launched", e.pid); },
          [&](const Ready& e) { put("ready", e.tid); },
          [&](const Armed&) { put("armed"); },
          [&](const Firing&) { put("firing"); },
          [&](const Returned&) { put("returned"); },
          [&](const Faulted& e) {
            put("faulted", e.signal, e.si_code, AsHex{e.address}, AsHex{e.pc}, e.tid);
          },
          [&](const Ended& e) {
            put("ended", e.signaled, e.status, e.core, e.user_us, e.system_us, e.max_rss_kib);
          },
          [&](const TaskGone&) { put("task-gone"); },
          [&](const Doing& e) {
            const bool letter = e.state > ' ' && e.state <= '~';
            put("doing", std::string(1, letter ? e.state : '?'), e.cpu_ns, e.syscall);
          },
          [&](const TargetRead& e) { put("target-read", e.stored); },
          [&](const OomKilled& e) { put("oom-killed", e.times); },
          [&](const Challenged&) { put("challenged"); },
          [&](const Answered& e) { put("answered", e.digest_right, e.offset, e.words, e.beats); },
          [&](const Silent& e) { put("silent", e.waited); },
          [&](const ChannelClosed&) { put("channel-closed"); },
          [&](const Reading& e) { put("reading", e.name, AsHex{e.value}, e.gone); },
          [&](const Region& e) { put("region", e.name, AsHex{e.low}, AsHex{e.bytes}); },
          [&](const Samples& e) { put("samples", e.name, e.values); },
          [&](const SignalSent& e) { put("signal-sent", e.signal, e.why); },
          [&](const NotReaped&) { put("not-reaped"); },
          [&](const Garbage& e) { put("garbage", e.what); },
      },
      event);
}

// JSON text as it is written.  Trials are the bulk of a journal, and a value of nlohmann's for each
// of their fields would cost as much as two of their context switches.
class Line {
 public:
  void Raw(std::string_view text) { text_ += text; }
  void Put(bool value) { text_ += value ? "true" : "false"; }
  template <std::integral Int>
  void Put(Int value) {
    char digits[24];
    const auto [end, error] = std::to_chars(digits, std::end(digits), value);
    text_.append(digits, end);  // always fits
  }
  void Put(AsHex hex) {
    char digits[16];
    const auto [end, error] = std::to_chars(digits, std::end(digits), hex.value, 16);
    text_.append("\"0x").append(digits, end).append("\"");
  }
  void Put(const Json& value) { text_ += Dump(value); }
  void Put(std::string_view text) {
    const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
      return c >= ' ' && c <= '~' && c != '"' && c != '\\';
    });
    if (!plain) return Put(Json(text));
    text_ += '"';
    text_ += text;
    text_ += '"';
  }
  void Put(const char* text) { Put(std::string_view(text)); }
  void Put(const std::string& text) { Put(std::string_view(text)); }
  template <typename Value>
  void Put(const std::vector<Value>& list) {
    text_ += '[';
    for (const Value& value : list) Next(&value != list.data()), Put(value);
    text_ += ']';
  }
  void Next(bool comma) {
    if (comma) text_ += ',';
  }
  template <typename Value>
  void Field(const char* key, const Value& value) {
    Next(text_.back() != '{');
    Put(key);
    text_ += ':';
    Put(value);
  }
  std::string Take() { return std::move(text_); }

 private:
  std::string text_;
};

// Reads the fields of one observation from position 2 on: [unit, name, fields ...].
class Cursor {
 public:
  explicit Cursor(const In& list) : list_(list) {}
  In Next() { return list_.Item(place_++); }
  template <typename Int>
  void operator()(Int& out) {
    if constexpr (std::is_same_v<Int, bool>) {
      out = Next().Truth();
    } else if constexpr (std::is_same_v<Int, std::string>) {
      out = Next().Text();
    } else {
      out = Next().Integer<Int>();
    }
  }
  void Done() const { list_.ExpectSize(place_); }

 private:
  In list_;
  std::size_t place_ = 2;
};

template <typename T, typename... Members>
Event Read(Cursor& next, Members T::*... members) {
  T event{};
  (next(event.*members), ...);
  return event;
}

Event EventIn(const std::string& name, const In& list, Cursor& next) {
  if (name == "launched") return Read<Launched>(next, &Launched::pid);
  if (name == "ready") return Read<Ready>(next, &Ready::tid);
  if (name == "armed") return Armed{};
  if (name == "firing") return Firing{};
  if (name == "returned") return Returned{};
  if (name == "faulted") {
    Faulted event;
    next(event.signal);
    next(event.si_code);
    event.address = next.Next().Hex();
    event.pc = next.Next().Hex();
    next(event.tid);
    return event;
  }
  if (name == "ended") {
    return Read<Ended>(next, &Ended::signaled, &Ended::status, &Ended::core, &Ended::user_us,
                       &Ended::system_us, &Ended::max_rss_kib);
  }
  if (name == "task-gone") return TaskGone{};
  if (name == "doing") {
    Doing event;
    const In state = next.Next();
    const std::string letter = state.Text();
    if (letter.size() != 1) state.Refuse("one letter");
    event.state = letter[0];
    next(event.cpu_ns);
    next(event.syscall);
    return event;
  }
  if (name == "target-read") return Read<TargetRead>(next, &TargetRead::stored);
  if (name == "oom-killed") return Read<OomKilled>(next, &OomKilled::times);
  if (name == "challenged") return Challenged{};
  if (name == "answered") {
    return Read<Answered>(next, &Answered::digest_right, &Answered::offset, &Answered::words,
                          &Answered::beats);
  }
  if (name == "silent") return Read<Silent>(next, &Silent::waited);
  if (name == "channel-closed") return ChannelClosed{};
  if (name == "reading") {
    Reading event;
    next(event.name);
    event.value = next.Next().Hex();
    next(event.gone);
    return event;
  }
  if (name == "region") {
    Region event;
    next(event.name);
    event.low = next.Next().Hex();
    event.bytes = next.Next().Hex();
    return event;
  }
  if (name == "samples") {
    Samples event;
    next(event.name);
    event.values = next.Next().List([](const In& value) { return value.Integer<std::uint64_t>(); });
    return event;
  }
  if (name == "signal-sent") return Read<SignalSent>(next, &SignalSent::signal, &SignalSent::why);
  if (name == "not-reaped") return NotReaped{};
  if (name == "garbage") return Read<Garbage>(next, &Garbage::what);
  list.Refuse("a known event at its second place");
}

}  // namespace

std::string TrialText(const Trial& trial) {
  const TrialPlan& plan = trial.plan;
  Line line;
  line.Raw("{");
  line.Field("kind", "trial");
  line.Field("id", plan.id);
  line.Field("block", plan.block);
  line.Field("cell", CellName(plan.cell));
  line.Field("arm", NameOf(plan.arm));
  line.Field("hit", NameOf(plan.hit));
  line.Field("seed", AsHex{plan.seed});
  line.Field("bystanders", plan.bystanders);
  line.Field("at", trial.started);
  line.Field("took", trial.took);
  line.Raw(",\"seen\":[");
  std::vector<Nanoseconds> after;
  after.reserve(trial.observations.size());
  Nanoseconds before = 0;
  for (const Observation& seen : trial.observations) {
    line.Next(!after.empty());
    after.push_back(seen.at - before);
    before = seen.at;
    line.Raw("[");
    line.Put(seen.unit);
    Fields(seen.event, [&](const auto&... fields) { (..., (line.Raw(","), line.Put(fields))); });
    line.Raw("]");
  }
  line.Raw("]");
  line.Field("after", after);
  if (!trial.output.empty()) line.Field("output", trial.output);
  if (!trial.trouble.empty()) line.Field("trouble", trial.trouble);
  line.Raw("}");
  return line.Take();
}

TrialPlan TrialPlanIn(const In& in, const char* id) {
  TrialPlan plan;
  plan.id = in.At(id).Integer<std::uint64_t>();
  plan.block = in.At("block").Integer<std::uint64_t>();
  plan.cell = CellIn(in.At("cell"));
  plan.arm = in.At("arm").Enumerator<Arm>();
  plan.hit = in.At("hit").Enumerator<Hit>();
  plan.seed = in.At("seed").Hex();
  plan.bystanders = in.At("bystanders").Integer<std::uint32_t>();
  // The judge makes a table of the units: an absurd number is a damaged record, not a wish.
  constexpr std::uint32_t kMostBystanders = 4096;
  if (plan.bystanders > kMostBystanders) in.At("bystanders").Refuse("at most 4096");
  return plan;
}

Trial TrialIn(const In& in) {
  Trial trial;
  trial.plan = TrialPlanIn(in, "id");
  trial.started = in.At("at").Integer<Nanoseconds>();
  trial.took = in.At("took").Integer<Nanoseconds>();
  trial.observations = in.At("seen").List([](const In& list) {
    Observation seen;
    seen.unit = list.Item(0).Integer<std::uint32_t>();
    Cursor next(list);
    seen.event = EventIn(list.Item(1).Text(), list, next);
    next.Done();
    return seen;
  });
  const In after = in.At("after");
  after.ExpectSize(trial.observations.size());
  std::uint64_t at = 0;  // unsigned: a damaged difference must not overflow
  for (std::size_t i = 0; i < trial.observations.size(); ++i) {
    at += static_cast<std::uint64_t>(after.Item(i).Integer<Nanoseconds>());
    trial.observations[i].at = static_cast<Nanoseconds>(at);
  }
  if (in.Has("output")) trial.output = in.At("output").Text();
  if (in.Has("trouble")) trial.trouble = in.At("trouble").Text();
  return trial;
}

Json EventOut(const Observation& seen, const TrialPlan& plan) {
  Json fields = Json::array();
  const auto take = Overloaded{[](AsHex hex) { return HexOf(hex.value); },
                               [](const auto& field) { return Json(field); }};
  Fields(seen.event, [&](const auto&... field) { (..., fields.push_back(take(field))); });
  Json out{{"at_ns", seen.at},
           {"unit", UnitName(seen.unit, plan.bystanders, plan.cell.vehicle)},
           {"event", fields[0]}};
  const auto add = [&](std::initializer_list<const char*> names) {
    std::size_t place = 1;
    for (const char* name : names) out[name] = fields[place++];
  };
  std::visit(Overloaded{
                 [&](const Launched&) { add({"pid"}); },
                 [&](const Ready&) { add({"tid"}); },
                 [&](const Faulted& e) {
                   out["signal"] = SignalName(e.signal);
                   out["si_code"] = e.si_code;
                   out["address"] = HexOf(e.address);
                   out["pc"] = HexOf(e.pc);
                   out["tid"] = e.tid;
                 },
                 [&](const Ended& e) {
                   if (e.signaled) {
                     out["signal"] = SignalName(e.status);
                   } else {
                     out["code"] = e.status;
                   }
                   out["core"] = e.core;
                   out["user_us"] = e.user_us;
                   out["system_us"] = e.system_us;
                   out["max_rss_kib"] = e.max_rss_kib;
                 },
                 [&](const Doing&) {
                   add({"state", "cpu_ns", "syscall"});
                 },
                 [&](const TargetRead&) { add({"stored"}); },
                 [&](const OomKilled&) { add({"times"}); },
                 [&](const Answered&) {
                   add({"digest_right", "offset", "words", "beats"});
                 },
                 [&](const Silent&) { add({"waited_ns"}); },
                 [&](const Reading&) {
                   add({"name", "value", "gone"});
                 },
                 [&](const Region&) {
                   add({"name", "low", "bytes"});
                 },
                 [&](const Samples& e) {
                   // The series itself stays in the journal; here it would drown the evidence.
                   out["name"] = e.name;
                   out["count"] = e.values.size();
                 },
                 [&](const SignalSent& e) {
                   out["signal"] = SignalName(e.signal);
                   out["why"] = e.why;
                 },
                 [&](const Garbage&) { add({"what"}); },
                 [](const auto&) {},
             },
             seen.event);
  return out;
}

Json TrialOut(const Trial& trial) {
  const TrialPlan& plan = trial.plan;
  return Json{{"trial", plan.id},
              {"block", plan.block},
              {"cell", CellOut(plan.cell)},
              {"arm", NameOf(plan.arm)},
              {"hit", NameOf(plan.hit)},
              {"seed", HexOf(plan.seed)},
              {"bystanders", plan.bystanders},
              {"started_ns", trial.started},
              {"took_ns", trial.took},
              {"output", trial.output},
              {"trouble", trial.trouble},
              {"events", ListOut(trial.observations,
                                 [&](const Observation& seen) { return EventOut(seen, plan); })}};
}

}  // namespace bulkhead::json_codec
