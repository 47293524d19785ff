#include "harness/model/json_export.h"

#include "harness/model/json_codec.h"

namespace bulkhead {
namespace {

using json_codec::CellOut;
using json_codec::Json;

constexpr int kSchemaVersion = 1;

Json Out(const RunPlan& plan) {
  Json out = json_codec::PlanOut(plan);
  out.erase("kind");
  out.erase("format");  // of the stored journal
  out["estimate_ns"] = plan.estimate;
  out.erase("estimate");
  return out;
}

Json Out(const BlockStarted& block) {
  return Json{{"block", block.block},   {"cell", CellOut(block.cell)},
              {"slot", block.slot},     {"first_trial", block.first_trial},
              {"trials", block.trials}, {"cpu", block.cpu},
              {"at_ns", block.at}};
}

Json Out(const SignalIntent& intent) {
  return Json{{"trial", intent.trial}, {"unit", intent.unit},
              {"pid", intent.pid},     {"signal", SignalName(intent.signal)},
              {"why", intent.why},     {"at_ns", intent.at}};
}

Json Out(const Trial& trial) {
  Json out = json_codec::TrialOut(trial);
  for (std::size_t i = 0; i < trial.observations.size(); ++i) {
    const auto* samples = std::get_if<Samples>(&trial.observations[i].event);
    if (samples != nullptr) out["events"][i]["values"] = samples->values;
  }
  return out;
}

Json Out(const BrokenCell& broken) {
  return Json{{"cell", CellOut(broken.key)}, {"why", broken.why}};
}

Json Out(const Leak& leak) {
  return Json{{"block", leak.block}, {"cell", CellOut(leak.cell)}, {"what", leak.what}};
}

Json Out(const RunEnd& end) {
  return Json{{"accounting", json_codec::AccountingOut(end.accounting)},
              {"interrupted", end.interrupted},
              {"took_ns", end.took}};
}

// In the order of Record.
constexpr const char* kKinds[]{"plan", "block", "signal", "trial", "broken", "leak", "end"};
static_assert(std::size(kKinds) == std::variant_size_v<Record>);

}  // namespace

std::string EncodeExportHead() {
  return json_codec::Dump(Json{{"seq", 0}, {"kind", "head"}, {"schema_version", kSchemaVersion}});
}

std::string EncodeExport(std::uint64_t sequence, const Record& record) {
  Json line{{"seq", sequence}, {"kind", kKinds[record.index()]}};
  line.update(std::visit([](const auto& what) { return Out(what); }, record));
  return json_codec::Dump(line);
}

}  // namespace bulkhead
