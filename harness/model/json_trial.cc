// The form of trials.  A million of them shall fit in 100 MB compressed: events are short lists,
// and their times are differences to the event before (fewer digits that differ from trial to
// trial).
#include "harness/model/json_codec.h"

namespace bulkhead::json_codec {
namespace {

template <typename... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};
template <typename... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

// Name of the event and its fields, in the order of the struct.
Json Fields(const Event& event) {
  return std::visit(
      Overloaded{
          [](const Launched& e) {
            return Json::array({"launched", e.pid});
          },
          [](const Ready& e) {
            return Json::array({"ready", e.tid});
          },
          [](const Armed&) { return Json::array({"armed"}); },
          [](const Firing&) { return Json::array({"firing"}); },
          [](const Returned&) { return Json::array({"returned"}); },
          [](const Faulted& e) {
            return Json::array(
                {"faulted", e.signal, e.si_code, HexOf(e.address), HexOf(e.pc), e.tid});
          },
          [](const Ended& e) {
            return Json::array(
                {"ended", e.signaled, e.status, e.core, e.user_us, e.system_us, e.max_rss_kib});
          },
          [](const TaskGone&) { return Json::array({"task-gone"}); },
          [](const Doing& e) {
            const bool letter = e.state > ' ' && e.state <= '~';
            return Json::array(
                {"doing", std::string(1, letter ? e.state : '?'), e.cpu_ns, e.syscall});
          },
          [](const TargetRead& e) {
            return Json::array({"target-read", e.stored});
          },
          [](const Challenged&) { return Json::array({"challenged"}); },
          [](const Answered& e) {
            return Json::array({"answered", e.digest_right, e.offset, e.words, e.beats});
          },
          [](const Silent& e) {
            return Json::array({"silent", e.waited});
          },
          [](const ChannelClosed&) { return Json::array({"channel-closed"}); },
          [](const Reading& e) {
            return Json::array({"reading", e.name, HexOf(e.value), e.gone});
          },
          [](const Region& e) {
            return Json::array({"region", e.name, HexOf(e.low), HexOf(e.bytes)});
          },
          [](const Samples& e) {
            return Json::array({"samples", e.name, e.values});
          },
          [](const SignalSent& e) {
            return Json::array({"signal-sent", e.signal, e.why});
          },
          [](const NotReaped&) { return Json::array({"not-reaped"}); },
          [](const Garbage& e) {
            return Json::array({"garbage", e.what});
          },
      },
      event);
}

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

Json TrialOut(const Trial& trial) {
  Json observations = Json::array(), after = Json::array();
  Nanoseconds before = 0;
  for (const Observation& seen : trial.observations) {
    after.push_back(seen.at - before);
    before = seen.at;
    Json list = Json::array({seen.unit});
    for (Json& field : Fields(seen.event)) list.push_back(std::move(field));
    observations.push_back(std::move(list));
  }
  const TrialPlan& plan = trial.plan;
  Json out{{"kind", "trial"},
           {"id", plan.id},
           {"block", plan.block},
           {"cell", CellOut(plan.cell)},
           {"arm", NameOf(plan.arm)},
           {"hit", NameOf(plan.hit)},
           {"seed", HexOf(plan.seed)},
           {"bystanders", plan.bystanders},
           {"at", trial.started},
           {"took", trial.took},
           {"seen", std::move(observations)},
           {"after", std::move(after)}};
  if (!trial.output.empty()) out["output"] = trial.output;
  if (!trial.trouble.empty()) out["trouble"] = trial.trouble;
  return out;
}

Trial TrialIn(const In& in) {
  Trial trial;
  trial.plan.id = in.At("id").Integer<std::uint64_t>();
  trial.plan.block = in.At("block").Integer<std::uint64_t>();
  trial.plan.cell = CellIn(in.At("cell"));
  trial.plan.arm = in.At("arm").Enumerator<Arm>();
  trial.plan.hit = in.At("hit").Enumerator<Hit>();
  trial.plan.seed = in.At("seed").Hex();
  trial.plan.bystanders = in.At("bystanders").Integer<std::uint32_t>();
  // The judge makes a table of the units: an absurd number is a damaged record, not a wish.
  constexpr std::uint32_t kMostBystanders = 4096;
  if (trial.plan.bystanders > kMostBystanders) in.At("bystanders").Refuse("at most 4096");
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

Json EventOut(const Observation& seen, std::uint32_t bystanders) {
  Json fields = Fields(seen.event);
  Json out{{"at_ns", seen.at}, {"unit", UnitName(seen.unit, bystanders)}, {"event", fields[0]}};
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

}  // namespace bulkhead::json_codec
