// The form of the plan, the first record of every journal.
#include "harness/model/json_codec.h"

namespace bulkhead::json_codec {
namespace {

Json TextsOut(const std::map<std::string, std::string>& texts) {
  Json out = Json::object();
  for (const auto& [language, words] : texts) out[language] = words;
  return out;
}

Json ClaimOut(const Claim& claim) {
  Json out{{"id", claim.id},
           {"quantifier", NameOf(claim.quantifier)},
           {"text", TextsOut(claim.text)},
           {"original", claim.original},
           {"sources", SourcesOut(claim.sources)},
           {"rationale", TextsOut(claim.rationale)},
           {"experiment", ExperimentOut(claim.experiment)},
           {"target", claim.target}};
  if (claim.expect) out["expect"] = NameOf(*claim.expect);
  out["file"] = claim.file;
  out["line"] = claim.line;
  return out;
}

std::map<std::string, std::string> TextsByKey(const In& in) {
  std::map<std::string, std::string> texts;
  if (!in.raw().is_object()) in.Refuse("an object");
  for (const auto& [key, value] : in.raw().items()) texts[key] = In(value, key).Text();
  return texts;
}

// Older journals have it in English alone.
std::map<std::string, std::string> RationaleIn(const In& in) {
  if (!in.raw().is_string()) return TextsByKey(in);
  if (in.Text().empty()) return {};
  return {{"en", in.Text()}};
}

Experiment ExperimentIn(const In& in) {
  Experiment experiment;
  experiment.tags = in.At("tags").Texts();
  experiment.names = in.At("names").Texts();
  experiment.except = in.At("except").Texts();
  experiment.vehicles = in.At("vehicles").List([](const In& name) {
    const auto kind = FindVehicle(name.Text());
    if (!kind) name.Refuse("a known vehicle");
    return *kind;
  });
  experiment.finding = in.At("finding").Enumerator<Finding>();
  experiment.readings = in.At("readings").Texts();
  if (in.Has("ratio")) {
    const In ratio = in.At("ratio");
    experiment.ratio = RatioSpec{ratio.At("numerator").Text(), ratio.At("denominator").Text(),
                                 ratio.At("than").Number()};
  }
  return experiment;
}

Claim ClaimIn(const In& in) {
  Claim claim;
  claim.id = in.At("id").Text();
  claim.quantifier = in.At("quantifier").Enumerator<Quantifier>();
  claim.text = TextsByKey(in.At("text"));
  claim.original = in.At("original").Text();
  claim.sources = in.At("sources").List([](const In& source) {
    return Source{source.At("note").Text(), source.At("file").Text(), source.At("language").Text(),
                  source.At("where").Text()};
  });
  claim.rationale = RationaleIn(in.At("rationale"));
  claim.experiment = ExperimentIn(in.At("experiment"));
  if (claim.quantifier == Quantifier::kRatio && !claim.experiment.ratio) {
    in.At("experiment").Refuse("a ratio, because the quantifier is \"ratio\"");
  }
  claim.target = in.At("target").Number();
  if (in.Has("expect")) claim.expect = in.At("expect").Enumerator<Outcome>();
  claim.file = in.At("file").Text();
  claim.line = in.At("line").Integer<int>();
  return claim;
}

Json ScenarioOut(const Scenario& scenario) {
  const Manifest& manifest = scenario.manifest;
  return Json{{"name", manifest.name},
              {"summary", manifest.summary},
              {"tags", manifest.tags},
              {"kind", NameOf(manifest.kind)},
              {"danger", NameOf(manifest.danger)},
              {"everyone_acts", manifest.everyone_acts},
              {"shared_mapping", manifest.shared_mapping},
              {"exclusive", manifest.exclusive},
              {"ends", ListOut(manifest.ends,
                               [](const ExpectedEnd& end) {
                                 return Json::array({NameOf(end.kind), end.value});
                               })},
              {"needs", manifest.needs},
              {"plugin_path", scenario.plugin_path},
              {"plugin_digest", scenario.plugin_digest}};
}

Scenario ScenarioIn(const In& in) {
  Scenario scenario;
  Manifest& manifest = scenario.manifest;
  manifest.name = in.At("name").Text();
  manifest.summary = in.At("summary").Text();
  manifest.tags = in.At("tags").Texts();
  manifest.kind = in.At("kind").Enumerator<ScenarioKind>();
  manifest.danger = in.At("danger").Enumerator<Danger>();
  manifest.everyone_acts = in.At("everyone_acts").Truth();
  manifest.shared_mapping = in.At("shared_mapping").Truth();
  manifest.exclusive = in.At("exclusive").Truth();
  manifest.ends = in.At("ends").List([](const In& end) {
    end.ExpectSize(2);
    return ExpectedEnd{end.Item(0).Enumerator<EndKind>(), end.Item(1).Integer<int>()};
  });
  manifest.needs = in.At("needs").Texts();
  scenario.plugin_path = in.At("plugin_path").Text();
  scenario.plugin_digest = in.At("plugin_digest").Text();
  return scenario;
}

PlannedCell PlannedIn(const In& in) {
  return PlannedCell{CellIn(in.At("cell")), in.At("treatment").Integer<std::uint64_t>(),
                     in.At("no_fault").Integer<std::uint64_t>(),
                     in.At("positive").Integer<std::uint64_t>(), in.At("not_applicable").Text()};
}

Json ReplayOut(const Replay& replay) {
  const TrialPlan& trial = replay.trial;
  return Json{{"run", replay.run_id},      {"trial", trial.id},
              {"block", trial.block},      {"cell", CellOut(trial.cell)},
              {"arm", NameOf(trial.arm)},  {"hit", NameOf(trial.hit)},
              {"seed", HexOf(trial.seed)}, {"bystanders", trial.bystanders},
              {"cpu", replay.cpu},         {"same_layout", replay.same_layout}};
}

Replay ReplayIn(const In& in) {
  return {in.At("run").Text(), TrialPlanIn(in, "trial"), in.At("cpu").Integer<std::int32_t>(),
          in.At("same_layout").Truth()};
}

}  // namespace

Json PlanOut(const RunPlan& plan) {
  Json out{{"kind", "plan"},
           {"format", kFormat},
           {"run_id", plan.run_id},
           {"tool_version", plan.tool_version},
           {"command_line", plan.command_line},
           {"started", plan.started},
           {"seed", HexOf(plan.seed)},
           {"confidence", plan.confidence},
           {"jobs", plan.jobs},
           {"enough", plan.stopping.enough},
           {"claims", ListOut(plan.claims, ClaimOut)},
           {"scenarios", ListOut(plan.scenarios, ScenarioOut)},
           {"cells", ListOut(plan.cells,
                             [](const PlannedCell& cell) {
                               return Json{{"cell", CellOut(cell.key)},
                                           {"treatment", cell.treatment},
                                           {"no_fault", cell.no_fault},
                                           {"positive", cell.positive},
                                           {"not_applicable", cell.not_applicable}};
                             })},
           // A list, not an object: its order and repeated keys come back as they were.
           {"envelope", ListOut(plan.envelope.fields, [](const EnvelopeField& field) {
              return Json::array({field.key, field.value});
            })}};
  if (!plan.blind.empty()) out["blind"] = plan.blind;
  if (!plan.cleaned_up.empty()) out["cleaned_up"] = plan.cleaned_up;
  if (!plan.profile.empty()) out["profile"] = plan.profile;
  if (plan.undecided_is_fine) out["undecided_is_fine"] = true;
  if (plan.estimate > 0) out["estimate"] = plan.estimate;
  if (plan.replay) out["replay"] = ReplayOut(*plan.replay);
  return out;
}

RunPlan PlanIn(const In& in) {
  // First: what follows may be of any form in another format.
  const bool numbered = in.Has("format") && in.At("format").raw().is_number_unsigned();
  const std::uint64_t format = numbered ? in.At("format").Integer<std::uint64_t>() : 0;
  if (format != kFormat) throw OtherFormat{format};
  RunPlan plan;
  plan.run_id = in.At("run_id").Text();
  plan.tool_version = in.At("tool_version").Text();
  plan.command_line = in.At("command_line").Text();
  plan.started = in.At("started").Text();
  plan.seed = in.At("seed").Hex();
  plan.confidence = in.At("confidence").Number();
  if (!(plan.confidence > 0.0 && plan.confidence < 1.0)) {
    in.At("confidence").Refuse("a number between 0 and 1");
  }
  plan.jobs = in.At("jobs").Integer<std::uint32_t>();
  plan.stopping.enough = in.At("enough").Integer<std::uint64_t>();
  plan.claims = in.At("claims").List(ClaimIn);
  plan.scenarios = in.At("scenarios").List(ScenarioIn);
  plan.cells = in.At("cells").List(PlannedIn);
  plan.envelope.fields = in.At("envelope").List([](const In& field) {
    field.ExpectSize(2);
    return EnvelopeField{field.Item(0).Text(), field.Item(1).Text()};
  });
  if (in.Has("blind")) plan.blind = in.At("blind").Texts();
  if (in.Has("cleaned_up")) plan.cleaned_up = in.At("cleaned_up").Texts();
  if (in.Has("profile")) plan.profile = in.At("profile").Text();
  if (in.Has("undecided_is_fine")) plan.undecided_is_fine = in.At("undecided_is_fine").Truth();
  if (in.Has("estimate")) plan.estimate = in.At("estimate").Integer<Nanoseconds>();
  if (in.Has("replay")) plan.replay = ReplayIn(in.At("replay"));
  return plan;
}

}  // namespace bulkhead::json_codec
