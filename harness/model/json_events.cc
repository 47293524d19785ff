#include "harness/model/json_events.h"

#include <algorithm>

#include "harness/model/json_codec.h"

namespace bulkhead {
namespace {

using json_codec::CellOut;
using json_codec::Dump;
using json_codec::Json;
using json_codec::ListOut;

constexpr char kSchema[] = "bulkhead-events-1";

Json EventOut(const EventHead& head, const char* event) {
  return Json{{"schema", kSchema}, {"number", head.number}, {"at_ns", head.at}, {"event", event}};
}

Json UnitOut(const RunningUnit& unit) {
  return Json{{"unit", unit.name},
              {"pid", unit.pid == 0 ? Json(nullptr) : Json(unit.pid)},
              {"stage", NameOf(unit.stage)}};
}

Json RunningOut(const RunningTrial& trial) {
  return Json{{"job", trial.job},
              {"trial", trial.trial},
              {"cell", CellOut(trial.cell)},
              {"arm", NameOf(trial.arm)},
              {"for_ns", trial.for_ns}};
}

Json RunningWithUnitsOut(const RunningTrial& trial) {
  Json out = RunningOut(trial);
  out["units"] = ListOut(trial.units, UnitOut);
  return out;
}

void PutTotals(const Progress& progress, Json& out) {
  out["done"] = progress.done;
  out["planned"] = progress.planned;
  out["elapsed_ns"] = progress.elapsed;
  out["rate"] = progress.rate;
}

}  // namespace

std::string EncodeRunStarted(const EventHead& head, const RunPlan& plan,
                             const std::string& directory) {
  const PlanSize size = SizeOf(plan);
  const auto kernel =
      std::ranges::find(plan.envelope.fields, std::string("kernel.release"), &EnvelopeField::key);
  Json out = EventOut(head, "run-started");
  out["id"] = plan.run_id;
  out["tool_version"] = plan.tool_version;
  out["kernel"] = kernel == plan.envelope.fields.end() ? Json(nullptr) : Json(kernel->value);
  out["started"] = plan.started;
  out["directory"] = directory;
  out["seed"] = json_codec::HexOf(plan.seed);
  out["confidence"] = plan.confidence;
  out["jobs"] = plan.jobs;
  out["profile"] = plan.profile;
  out["blind"] = plan.blind;
  out["claims"] = ListOut(plan.claims, [](const Claim& claim) { return Json(claim.id); });
  out["cells"] = plan.cells.size();
  out["cells_not_applicable"] = size.not_applicable;
  out["trials"] = size.trials;
  out["estimate_ns"] = plan.estimate;
  return Dump(out);
}

std::string EncodeNotice(const EventHead& head, const std::string& text) {
  Json out = EventOut(head, "notice");
  out["text"] = text;
  return Dump(out);
}

std::string EncodeProgress(const EventHead& head, const Progress& progress) {
  Json out = EventOut(head, "progress");
  PutTotals(progress, out);
  out["running"] = ListOut(progress.running, RunningOut);
  return Dump(out);
}

std::string EncodeTrialSlow(const EventHead& head, const RunningTrial& trial) {
  Json out = EventOut(head, "trial-slow");
  out.update(RunningOut(trial));
  return Dump(out);
}

std::string EncodeLeak(const EventHead& head, const Leak& leak) {
  Json out = EventOut(head, "leak");
  out["block"] = leak.block;
  out["cell"] = leak.cell.scenario.empty() ? Json(nullptr) : CellOut(leak.cell);
  out["what"] = leak.what;
  return Dump(out);
}

std::string EncodeClaimDecided(const EventHead& head, const Claim& claim, const Verdict& verdict) {
  Json out = EventOut(head, "claim-decided");
  out["verdict"] = json_codec::VerdictOut(verdict, &claim);
  return Dump(out);
}

std::string EncodeRunStatus(const EventHead& head, const Progress& progress) {
  Json out = EventOut(head, "run-status");
  PutTotals(progress, out);
  out["running"] = ListOut(progress.running, RunningWithUnitsOut);
  return Dump(out);
}

std::string EncodeRunFinished(const EventHead& head, const RunReport& report,
                              const std::string& directory, const std::vector<std::string>& files) {
  Json outcomes = Json::object();
  for (const Named<Outcome>& outcome : NamesOf<Outcome>()) {
    outcomes[std::string(outcome.name)] =
        std::ranges::count(report.verdicts, outcome.value, &Verdict::outcome);
  }
  Json out = EventOut(head, "run-finished");
  out["id"] = report.plan.run_id;
  out["took_ns"] = report.end.took;
  out["interrupted"] = report.end.interrupted;
  out["accounting"] = json_codec::AccountingOut(report.end.accounting);
  out["outcomes"] = std::move(outcomes);
  out["unexpected"] = std::ranges::count_if(
      report.verdicts, [](const Verdict& verdict) { return verdict.as_expected == false; });
  out["leaks"] = report.leaks.size();
  out["exit_code"] = report.exit_code;
  out["journal_digest"] = report.journal_digest;
  out["directory"] = directory;
  out["files"] = files;
  return Dump(out);
}

}  // namespace bulkhead
