// The documents for other programs: results.json and envelope.json.  All keys and words English,
// all numbers with a dot; what is optional in the model is null here, so that every key is always
// there.
#include "harness/model/json_codec.h"

namespace bulkhead {
namespace {

using json_codec::AccountingOut;
using json_codec::CellOut;
using json_codec::EnvelopeFields;
using json_codec::HexOf;
using json_codec::Json;
using json_codec::ListOut;

constexpr int kSchemaVersion = 1;

template <typename T>
Json OrNull(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json Counts(const std::map<std::string, std::uint64_t>& counts) {
  Json out = Json::object();
  for (const auto& [what, number] : counts) out[what] = number;
  return out;
}

Json EnglishOf(const std::vector<Message>& messages) {
  Json out = Json::array();
  for (const Message& message : messages) out.push_back(message.English());
  return out;
}

Json ControlOut(const ControlTally& tally) {
  return Json{{"run", tally.run},
              {"passed", tally.passed},
              {"first_failure", tally.first_failure.English()}};
}

Json RatioOut(const std::optional<RatioResult>& ratio) {
  if (!ratio) return nullptr;
  return Json{{"samples", ratio->samples},
              {"numerator_median", ratio->numerator_median},
              {"denominator_median", ratio->denominator_median},
              {"ratio", ratio->ratio},
              {"low", ratio->low},
              {"high", ratio->high},
              {"bootstrap_seed", HexOf(ratio->bootstrap_seed)},
              {"resamples", ratio->resamples}};
}

Json SeriesOut(const SeriesResult& series) {
  return Json{{"name", series.name},     {"samples", series.samples},
              {"least", series.least},   {"lower_quartile", series.lower_quartile},
              {"median", series.median}, {"upper_quartile", series.upper_quartile},
              {"most", series.most},     {"quantiles", series.quantiles}};
}

Json ReplayOut(const CellResult& cell) {
  if (cell.replays == 0) return nullptr;
  return Json{{"tried", cell.replays}, {"again", cell.replayed}};
}

Json CellResultOut(const CellResult& cell) {
  return Json{{"cell", CellOut(cell.cell)},
              {"scenario", cell.cell.scenario},
              {"vehicle", TraitsOf(cell.cell.vehicle).name},
              {"state", NameOf(cell.state)},
              {"reason", cell.reason.English()},
              {"planned", cell.planned},
              {"executed", cell.executed},
              {"counted", cell.counted},
              {"void", cell.void_trials},
              {"troubled", cell.troubled},
              {"found", cell.found},
              {"lower", cell.lower},
              {"upper", cell.upper},
              {"stopped_early", cell.stopped_early},
              {"blocks", cell.blocks},
              {"replay", ReplayOut(cell)},
              {"no_fault", ControlOut(cell.no_fault)},
              {"positive", ControlOut(cell.positive)},
              {"victim_fates", Counts(cell.victim_fates)},
              {"bystander_fates", Counts(cell.bystander_fates)},
              {"witness", OrNull(cell.witness)},
              {"typical", OrNull(cell.typical)},
              {"ratio", RatioOut(cell.ratio)},
              {"series", ListOut(cell.series, SeriesOut)}};
}

}  // namespace

namespace json_codec {

Json VerdictOut(const Verdict& verdict, const Claim* claim) {
  Json out{{"claim", verdict.claim}, {"outcome", NameOf(verdict.outcome)}};
  if (claim != nullptr) {
    Json text = Json::object();
    for (const auto& [language, words] : claim->text) text[language] = words;
    out["quantifier"] = NameOf(claim->quantifier);
    out["text"] = std::move(text);
    out["sources"] = json_codec::SourcesOut(claim->sources);
    out["experiment"] = json_codec::ExperimentOut(claim->experiment);
    out["target"] = claim->target;
    out["expect"] = claim->expect ? Json(NameOf(*claim->expect)) : Json(nullptr);
  }
  out["sentence"] = verdict.sentence.English();
  out["holds_in"] = EnglishOf(verdict.holds_in);
  out["fails_in"] = EnglishOf(verdict.fails_in);
  out["counted"] = verdict.counted;
  out["found"] = verdict.found;
  out["worst_upper"] = verdict.worst_upper;
  out["witness"] = OrNull(verdict.witness);
  out["control_failed"] = verdict.control_failed;
  out["as_expected"] = OrNull(verdict.as_expected);
  out["ratio"] = RatioOut(verdict.ratio);
  out["cells"] = ListOut(verdict.cells, CellResultOut);
  return out;
}

}  // namespace json_codec

namespace {

const Claim* ClaimAt(const RunPlan& plan, std::size_t index) {
  return index < plan.claims.size() ? &plan.claims[index] : nullptr;
}

}  // namespace

std::string EncodeResults(const RunReport& report) {
  const RunPlan& plan = report.plan;
  Json verdicts = Json::array();
  for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
    verdicts.push_back(json_codec::VerdictOut(report.verdicts[i], ClaimAt(plan, i)));
  }
  const Json document{
      {"schema_version", kSchemaVersion},
      {"run",
       {{"id", plan.run_id},
        {"tool_version", plan.tool_version},
        {"command_line", plan.command_line},
        {"started", plan.started},
        {"took_ns", report.end.took},
        {"seed", HexOf(plan.seed)},
        {"confidence", plan.confidence},
        {"jobs", plan.jobs},
        {"profile", plan.profile},
        {"undecided_is_fine", plan.undecided_is_fine},
        {"estimate_ns", plan.estimate},
        {"enough", plan.stopping.enough},
        {"complete", report.complete},
        {"interrupted", report.end.interrupted},
        {"journal_digest", report.journal_digest},
        {"cleaned_up", plan.cleaned_up},
        {"blind", plan.blind}}},
      {"accounting", AccountingOut(report.end.accounting)},
      {"envelope", EnvelopeFields(plan.envelope)},
      {"scenarios", ListOut(plan.scenarios,
                            [](const Scenario& scenario) {
                              return Json{{"name", scenario.manifest.name},
                                          {"summary", scenario.manifest.summary},
                                          {"kind", NameOf(scenario.manifest.kind)},
                                          {"tags", scenario.manifest.tags},
                                          {"plugin_digest", scenario.plugin_digest}};
                            })},
      {"verdicts", std::move(verdicts)},
      {"broken", ListOut(report.broken,
                         [](const BrokenCell& broken) {
                           return Json{{"cell", CellOut(broken.key)}, {"why", broken.why}};
                         })},
      {"leaks",
       ListOut(
           report.leaks,
           [](const Leak& leak) {
             return Json{{"block", leak.block}, {"cell", CellOut(leak.cell)}, {"what", leak.what}};
           })},
      {"decisive_trials",
       ListOut(report.decisive,
               [](const auto& entry) { return json_codec::TrialOut(entry.second); })},
      {"exit_code", report.exit_code}};
  return json_codec::Dump(document, 2) + "\n";
}

std::string EncodeEnvelope(const Envelope& envelope) {
  return json_codec::Dump(
      Json{{"schema_version", kSchemaVersion}, {"fields", EnvelopeFields(envelope)}}, 2);
}

}  // namespace bulkhead
