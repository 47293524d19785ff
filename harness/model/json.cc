// The records of the journal; their larger parts are in json_plan.cc and json_trial.cc.
#include "harness/model/json.h"

#include "harness/model/json_codec.h"

namespace bulkhead {
namespace {

using json_codec::CellIn;
using json_codec::CellOut;
using json_codec::In;
using json_codec::Json;
using json_codec::Refusal;

Json Out(const RunPlan& plan) { return json_codec::PlanOut(plan); }

Json Out(const BlockStarted& block) {
  return Json{{"kind", "block"},
              {"block", block.block},
              {"cell", CellOut(block.cell)},
              {"slot", block.slot},
              {"first_trial", block.first_trial},
              {"trials", block.trials},
              {"cpu", block.cpu},
              {"at", block.at}};
}

Json Out(const SignalIntent& intent) {
  return Json{{"kind", "signal"},  {"trial", intent.trial},   {"unit", intent.unit},
              {"pid", intent.pid}, {"signal", intent.signal}, {"why", intent.why},
              {"at", intent.at}};
}

Json Out(const BrokenCell& broken) {
  return Json{{"kind", "broken"}, {"cell", CellOut(broken.key)}, {"why", broken.why}};
}

Json Out(const Leak& leak) {
  return Json{
      {"kind", "leak"}, {"block", leak.block}, {"cell", CellOut(leak.cell)}, {"what", leak.what}};
}

Json Out(const RunEnd& end) {
  return Json{{"kind", "end"},
              {"accounting", json_codec::AccountingOut(end.accounting)},
              {"interrupted", end.interrupted},
              {"took", end.took}};
}

template <typename What>
std::string Text(const What& what) {
  return json_codec::Dump(Out(what));
}
std::string Text(const Trial& trial) { return json_codec::TrialText(trial); }

BlockStarted BlockIn(const In& in) {
  BlockStarted block;
  block.block = in.At("block").Integer<std::uint64_t>();
  block.cell = CellIn(in.At("cell"));
  block.slot = in.At("slot").Integer<std::uint32_t>();
  block.first_trial = in.At("first_trial").Integer<std::uint64_t>();
  block.trials = in.At("trials").Integer<std::uint64_t>();
  block.cpu = in.At("cpu").Integer<std::int32_t>();
  block.at = in.At("at").Integer<Nanoseconds>();
  return block;
}

SignalIntent IntentIn(const In& in) {
  SignalIntent intent;
  intent.trial = in.At("trial").Integer<std::uint64_t>();
  intent.unit = in.At("unit").Integer<std::uint32_t>();
  intent.pid = in.At("pid").Integer<std::int32_t>();
  intent.signal = in.At("signal").Integer<std::int32_t>();
  intent.why = in.At("why").Text();
  intent.at = in.At("at").Integer<Nanoseconds>();
  return intent;
}

RunEnd EndIn(const In& in) {
  RunEnd end;
  const In accounting = in.At("accounting");
  end.accounting.planned = accounting.At("planned").Integer<std::uint64_t>();
  end.accounting.executed = accounting.At("executed").Integer<std::uint64_t>();
  end.accounting.skipped = accounting.At("skipped").Integer<std::uint64_t>();
  end.accounting.broken = accounting.At("broken").Integer<std::uint64_t>();
  const In because = accounting.At("skipped_because");
  if (!because.raw().is_object()) because.Refuse("an object");
  for (const auto& [why, trials] : because.raw().items()) {
    end.accounting.skipped_because[why] = In(trials, why).Integer<std::uint64_t>();
  }
  end.interrupted = in.At("interrupted").Truth();
  end.took = in.At("took").Integer<Nanoseconds>();
  return end;
}

Record RecordIn(const Json& json) {
  const In in(json, "record");
  const std::string kind = in.At("kind").Text();
  if (kind == "trial") return json_codec::TrialIn(in);
  if (kind == "signal") return IntentIn(in);
  if (kind == "block") return BlockIn(in);
  if (kind == "plan") return json_codec::PlanIn(in);
  if (kind == "broken") return BrokenCell{CellIn(in.At("cell")), in.At("why").Text()};
  if (kind == "leak") {
    return Leak{in.At("block").Integer<std::uint64_t>(), CellIn(in.At("cell")),
                in.At("what").Text()};
  }
  if (kind == "end") return EndIn(in);
  in.At("kind").Refuse("one of plan, block, signal, trial, broken, leak, end");
}

}  // namespace

std::string EncodeRecord(const Record& record) {
  return std::visit([](const auto& what) { return Text(what); }, record);
}

Expected<Record> DecodeRecord(std::string_view line) {
  const Json json = Json::parse(line, nullptr, /*allow_exceptions=*/false);
  if (json.is_discarded()) return Fail("the record is not JSON");
  try {
    return RecordIn(json);
  } catch (const json_codec::OtherFormat& other) {
    return Fail("this journal was written by another version of bulkhead (" +
                (other.format == 0 ? std::string("no format number")
                                   : "format " + std::to_string(other.format)) +
                "; this one reads " + std::to_string(json_codec::kFormat) + ")");
  } catch (const Refusal& refusal) {
    return Fail("the record is not of the form: " + refusal.why);
  }
}

}  // namespace bulkhead
