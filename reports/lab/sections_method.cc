// Apparatus and method: with what, and how.
#include <map>
#include <set>

#include "harness/model/names.h"
#include "reports/content.h"
#include "reports/lab/sections.h"
#include "reports/redaction.h"
#include "reports/wording.h"

namespace bulkhead::lab {
namespace {

Table Vehicles(const RunReport& report, const Translator& tr) {
  std::set<VehicleKind> used;
  for (const PlannedCell& cell : report.plan.cells) used.insert(cell.key.vehicle);
  Table table{std::string(tr("Vehicles: how the units were kept apart")),
              {std::string(tr("vehicle")), std::string(tr("what it is"))},
              {},
              ""};
  for (const VehicleKind kind : used) {
    const VehicleTraits& vehicle = TraitsOf(kind);
    table.rows.push_back(
        {{Code(std::string(vehicle.name))}, {Plain(std::string(tr(vehicle.summary)))}});
  }
  return table;
}

Table Scenarios(const RunReport& report, const Translator& tr) {
  std::set<std::string> used;
  for (const PlannedCell& cell : report.plan.cells) used.insert(cell.key.scenario);
  Table table{std::string(tr("Scenarios: what was done to the victim, or what was looked at")),
              {std::string(tr("scenario")), std::string(tr("what it does"))},
              {},
              ""};
  std::map<std::string, std::string> rows;  // sorted, and each once
  for (const Scenario& scenario : report.plan.scenarios) {
    const Manifest& manifest = scenario.manifest;
    if (used.contains(manifest.name)) rows.emplace(manifest.name, tr(manifest.summary));
  }
  for (auto& [name, summary] : rows) table.rows.push_back({{Code(name)}, {Plain(summary)}});
  return table;
}

Table Environment(const Material& from) {
  const Translator& tr = from.tr;
  const RunPlan& plan = from.report.plan;
  const Redaction redact(plan.envelope, from.options.names, tr);
  Table table{std::string(tr("Environment: everything that the answers may depend on")),
              {std::string(tr("what")), std::string(tr("value"))},
              {},
              ""};
  for (const EnvelopeField& field : redact.Fields()) {
    table.rows.push_back({{Code(field.key)}, {Plain(field.value)}});
  }
  table.rows.push_back({{Plain(std::string(tr("trials at the same time")))},
                        {Value("run jobs", wording::Count(plan.jobs, tr))}});
  if (!plan.profile.empty()) {
    table.rows.push_back({{Plain(std::string(tr("profile")))}, {Code(plan.profile)}});
  }
  if (const std::size_t hidden = redact.Hidden(); hidden > 0) {
    table.note = tr.FormatPlural("{} field that names a host or a person is left out.",
                                 "{} fields that name hosts or people are left out.", hidden,
                                 wording::Count(hidden, tr));
  }
  return table;
}

// What is looked for, in words.
std::string Question(const Claim& claim, const Translator& tr) {
  if (claim.quantifier != Quantifier::kRatio) {
    return std::string(tr(wording::Meaning(claim.experiment.finding)));
  }
  const RatioSpec spec = claim.experiment.ratio.value_or(RatioSpec{});
  return tr.Format("{} / {} is above {:g}", spec.numerator, spec.denominator, spec.than);
}

Table Design(const Material& from) {
  const Translator& tr = from.tr;
  Table table{std::string(tr("Experiments, as they were planned")),
              {std::string(tr("claim")), std::string(tr("says")), std::string(tr("looked for")),
               std::string(tr("target")), std::string(tr("cells")), std::string(tr("trials"))},
              {},
              std::string(tr("Target: the largest rate of the finding that the claim still allows. "
                             "Trials: with the fault, over all cells; several claims may read the "
                             "same cell."))};
  for (std::size_t i = 0; i < from.report.verdicts.size(); ++i) {
    const Verdict& verdict = from.report.verdicts[i];
    const Claim& claim = wording::ClaimOf(from.report, i);
    std::uint64_t planned = 0;
    for (const CellResult& cell : verdict.cells) planned += cell.planned;
    Line target;
    if (claim.quantifier == Quantifier::kAlways) {
      target.push_back(Value(verdict.claim + " target", wording::Percent(claim.target, tr)));
    }
    table.rows.push_back(
        {{Code(verdict.claim)},
         {Code(std::string(NameOf(claim.quantifier)))},
         {Plain(Question(claim, tr))},
         target,
         {Value(verdict.claim + " cells", wording::Count(verdict.cells.size(), tr))},
         {Value(verdict.claim + " planned trials", wording::Count(planned, tr))}});
  }
  return table;
}

}  // namespace

Section Apparatus(const Material& from) {
  const Translator& tr = from.tr;
  const RunPlan& plan = from.report.plan;
  Section section{std::string(tr("Apparatus and environment")), {}};
  section.blocks.emplace_back(Paragraph{Prose(tr.Format(
      "The apparatus is one computer and `bulkhead` {}, a program that breaks processes and "
      "threads "
      "on purpose and watches who survives. The run `{}` began at {} and took {}.",
      plan.tool_version, plan.run_id, plan.started, wording::Took(from.report.end.took, tr)))});
  for (Table table : {Vehicles(from.report, tr), Scenarios(from.report, tr), Environment(from)}) {
    if (!table.rows.empty()) section.blocks.emplace_back(std::move(table));
  }
  return section;
}

Section Method(const Material& from) {
  const Translator& tr = from.tr;
  const RunPlan& plan = from.report.plan;
  Section section{std::string(tr("Method")), {}};
  Bullets steps{true, {}};
  const auto step = [&](std::string_view name, std::string text) {
    Line line{Strong(std::string(name)), Plain(" ")};
    for (Piece& piece : Prose(text)) line.push_back(std::move(piece));
    steps.items.push_back(std::move(line));
  };
  for (const Point& point : MethodOf(from.report, tr)) step(point.title, point.text);
  step(tr("Chance."),
       tr.Format("Every random choice comes from the seed {}.", wording::Hex(plan.seed)));
  section.blocks.emplace_back(std::move(steps));
  if (Table design = Design(from); !design.rows.empty()) {
    section.blocks.emplace_back(std::move(design));
  }
  return section;
}

}  // namespace bulkhead::lab
