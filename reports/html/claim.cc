#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "harness/model/json.h"
#include "harness/model/names.h"
#include "reports/html/page.h"
#include "reports/text.h"
#include "reports/timeline.h"
#include "reports/wording.h"

namespace bulkhead::html {
namespace {

constexpr std::size_t kMostNames = 40;           // of scenarios in a list
constexpr std::size_t kMostRawBytes = 64 << 10;  // of one record

Data Texts(const std::vector<std::string>& texts) {
  Data list(Data::type::list);
  for (const std::string& one : texts) list << Data("text", Value(one));
  return list;
}

// A count, a time in nanoseconds, a size: as measured, for only the scenario knows the unit.
std::string Plain(double value, const Translator& tr) {
  if (value >= 1000.0) return wording::Count(static_cast<std::uint64_t>(value + 0.5), tr);
  return fmt::format("{:.4g}", value);
}

std::string WhatWasDone(const Context& context, const Claim& claim) {
  const Translator& tr = context.tr;
  std::string out;
  if (claim.quantifier == Quantifier::kRatio && claim.experiment.ratio) {
    const RatioSpec& spec = *claim.experiment.ratio;
    out = tr.Format(
        "The claim compares: {} / {} is above {}. Both sides were measured in turn, and the "
        "medians compared.",
        spec.numerator, spec.denominator, fmt::format("{:g}", spec.than));
  } else {
    out =
        tr.Format("In each trial that counts, this was looked for: {} ({}).",
                  tr(wording::Meaning(claim.experiment.finding)), NameOf(claim.experiment.finding));
  }
  out += " " + tr.Format("The claim says {}: {}.", NameOf(claim.quantifier),
                         tr(wording::Meaning(claim.quantifier)));
  if (claim.quantifier == Quantifier::kAlways) {
    out += " " + tr.Format("Its target is a rate of at most {} at {} confidence.",
                           wording::Percent(claim.target, tr),
                           wording::Percent(context.report.plan.confidence, tr));
  }
  return out;
}

std::string Fates(const std::map<std::string, std::uint64_t>& fates, const Translator& tr) {
  std::string out;
  for (const auto& [fate, times] : fates) {
    out += fmt::format("{}{} × {}", out.empty() ? "" : "; ", wording::Count(times, tr), fate);
  }
  return out;
}

std::string Control(const ControlTally& tally) {
  return tally.run == 0 ? "–" : fmt::format("{}/{}", tally.passed, tally.run);
}

std::string Why(const CellResult& cell, const Translator& tr) {
  std::string why(tr(cell.reason));
  for (const ControlTally* tally : {&cell.no_fault, &cell.positive}) {
    if (tally->passed == tally->run || tally->first_failure.empty()) continue;
    const std::string failure = tr(tally->first_failure);
    if (why.find(failure) != std::string::npos) continue;
    why += (why.empty() ? "" : "; ") + failure;
  }
  if (cell.stopped_early) why += (why.empty() ? "" : "; ") + std::string(tr("stopped early"));
  return why;
}

std::string CountOrNone(std::uint64_t count, const Translator& tr) {
  return count == 0 ? "" : wording::Count(count, tr);
}

std::string StateOf(const CellResult& cell) {
  return fmt::format("{} {}", wording::Symbol(cell.state), NameOf(cell.state));
}

Data Cells(const Context& context, std::size_t index) {
  const Translator& tr = context.tr;
  Table table{
      .caption = context.tr.Format("Cells of {}", context.report.verdicts[index].claim),
      .head = {std::string(tr("cell")), std::string(tr("state")), "n", "k", std::string(tr("rate")),
               std::string(tr("void")), std::string(tr("spoilt")), std::string(tr("layouts")),
               std::string(tr("no fault")), std::string(tr("positive")), std::string(tr("victims")),
               std::string(tr("bystanders")), std::string(tr("why"))},
      .rows = {},
      .numeric = {2, 3, 5, 6, 7, 8, 9},
      .note = "",
      .css_class = "cells"};
  // What a ratio is about is not found or missed in a trial.
  const bool ratio = wording::ClaimOf(context.report, index).quantifier == Quantifier::kRatio;
  for (const CellResult& cell : context.report.verdicts[index].cells) {
    table.rows.push_back(
        {CellName(cell.cell), StateOf(cell), wording::Count(cell.counted, tr),
         ratio ? "" : wording::Count(cell.found, tr), ratio ? "" : wording::Rate(cell, tr),
         CountOrNone(cell.void_trials, tr), CountOrNone(cell.troubled, tr),
         wording::Count(cell.blocks, tr), Control(cell.no_fault), Control(cell.positive),
         Fates(cell.victim_fates, tr), Fates(cell.bystander_fates, tr), Why(cell, tr)});
  }
  return TableData(context, table);
}

// Of races: a seed does not replay a race, and the reader should know how often it seemed to.
std::string Replays(const Verdict& verdict, const Translator& tr) {
  std::string cells;
  for (const CellResult& cell : verdict.cells) {
    if (cell.replays == 0) continue;
    cells += (cells.empty() ? "" : "; ") + CellName(cell.cell) + " " + wording::Replayed(cell, tr);
  }
  if (cells.empty()) return "";
  return tr.Format(
      "Trials that showed it were run again with the same seed, in the same memory layout, and "
      "showed it again or not: {}.",
      cells);
}

Data Ratios(const Context& context, const Claim& claim, const Verdict& verdict) {
  if (!verdict.ratio) return Data(false);
  const Translator& tr = context.tr;
  const RatioSpec spec = claim.experiment.ratio.value_or(RatioSpec{"numerator", "denominator", 1});
  Table table{.caption = tr.Format("{} / {}", spec.numerator, spec.denominator),
              .head = {std::string(tr("cell")), tr.Format("median of {}", spec.numerator),
                       tr.Format("median of {}", spec.denominator), std::string(tr("ratio")),
                       std::string(tr("pairs"))},
              .rows = {},
              .numeric = {1, 2, 3, 4},
              .note = tr.Format("Ratio of the medians; in parentheses its {} interval (two-sided, "
                                "bootstrap with {} resamples, first seed {}).",
                                wording::Percent(context.report.plan.confidence, tr),
                                wording::Count(verdict.ratio->resamples, tr),
                                wording::Hex(verdict.ratio->bootstrap_seed)),
              .css_class = ""};
  for (const CellResult& cell : verdict.cells) {
    if (!cell.ratio) continue;
    table.rows.push_back({CellName(cell.cell), Plain(cell.ratio->numerator_median, tr),
                          Plain(cell.ratio->denominator_median, tr),
                          wording::Ratio(*cell.ratio, tr),
                          wording::Count(cell.ratio->samples, tr)});
  }
  return TableData(context, table);
}

Data Series(const Context& context, const Verdict& verdict) {
  const Translator& tr = context.tr;
  Table table{.caption = std::string(tr("Series")),
              .head = {std::string(tr("cell")), std::string(tr("series")),
                       std::string(tr("samples")), std::string(tr("least")),
                       std::string(tr("lower quartile")), std::string(tr("median")),
                       std::string(tr("upper quartile")), std::string(tr("most"))},
              .rows = {},
              .numeric = {2, 3, 4, 5, 6, 7},
              .note = std::string(
                  tr("Measured by the units themselves, in nanoseconds unless the scenario names "
                     "another unit.")),
              .css_class = "series"};
  for (const CellResult& cell : verdict.cells) {
    for (const SeriesResult& series : cell.series) {
      table.rows.push_back({CellName(cell.cell), series.name, wording::Count(series.samples, tr),
                            Plain(series.least, tr), Plain(series.lower_quartile, tr),
                            Plain(series.median, tr), Plain(series.upper_quartile, tr),
                            Plain(series.most, tr)});
    }
  }
  return table.rows.empty() ? Data(false) : TableData(context, table);
}

Data TrialData(const Context& context, std::size_t index, const Trial& trial, Amount amount) {
  const Translator& tr = context.tr;
  const Verdict& verdict = context.report.verdicts[index];
  const std::string id = fmt::format("trial-{}", trial.plan.id);
  Data data;
  data["title"] =
      Value(fmt::format("{} ({})", TrialLine(trial, tr), tr(wording::PartOf(verdict, trial))));
  data["trouble"] = ValueOrNone(trial.trouble);
  charts::Figure lanes = charts::TrialLanes(context.report, trial, id, tr);
  lanes.data = {};  // the table of events below says more
  data["figure"] = FigureData(context, lanes);
  data["replay"] = Value(wording::ReplayCommand(context.report.plan, trial.plan.id));
  const Timeline timeline = TimelineOf(trial, Detail::kAll, kMostEvents, tr);
  Table events{.caption = tr.Format("Events of trial {}", trial.plan.id),
               .head = {std::string(tr("time since armed")), std::string(tr("unit")),
                        std::string(tr("whose word")), std::string(tr("what"))},
               .rows = {},
               .numeric = {},
               .note = "",
               .css_class = "events"};
  for (const TimelineRow& row : timeline.rows) {
    events.rows.push_back({row.when, row.unit, std::string(row.word_of), row.what});
  }
  if (timeline.left_out > 0) {
    events.note = tr.Format("Showing {} of {} events.", timeline.rows.size(),
                            timeline.rows.size() + timeline.left_out);
  }
  data["events"] = TableData(context, events);
  std::string output;
  for (const std::string& line : text::Lines(trial.output)) {
    output += text::Clip(line, kMostText) + "\n";
  }
  data["output"] = output.empty() ? Data(false) : Data(output);
  std::string raw;
  if (amount == Amount::kAll) {
    raw = text::OneLine(EncodeRecord(trial));
    if (raw.size() > kMostRawBytes) raw = text::Clip(raw, kMostRawBytes);
  }
  data["raw"] = raw.empty() ? Data(false) : Data(raw);
  return data;
}

// How the process of the victim ended, as the kernel saw it; for the table of trials.
std::string EndOf(const Trial& trial, const Translator& tr) {
  const Ended* ended = nullptr;
  for (const Observation& seen : trial.observations) {
    const auto* end = std::get_if<Ended>(&seen.event);
    if (end == nullptr) continue;
    // Threads share the end of the process that holds them.
    const bool shared = !TraitsOf(trial.plan.cell.vehicle).victim_is_process;
    if (seen.unit == kVictimIndex || (shared && ended == nullptr)) ended = end;
  }
  if (ended == nullptr) return "–";
  return ended->signaled ? SignalName(ended->status)
                         : tr.Format("exited with code {}", ended->status);
}

// The witness and a typical trial of each cell, as far as the report carries them.
Data Trials(const Context& context, const Verdict& verdict) {
  const Translator& tr = context.tr;
  std::set<std::uint64_t> ids;
  for (const CellResult& cell : verdict.cells) {
    for (const auto& id : {cell.witness, cell.typical}) {
      if (id && context.report.decisive.contains(*id)) ids.insert(*id);
    }
  }
  if (ids.empty()) return Data(false);
  Table table{.caption = tr.Format("Trials of {}", verdict.claim),
              .head = {std::string(tr("trial")), std::string(tr("cell")), std::string(tr("block")),
                       std::string(tr("seed")), std::string(tr("what it is")),
                       std::string(tr("the victim's process")), std::string(tr("took"))},
              .rows = {},
              .numeric = {0, 2, 6},
              .note = std::string(tr("All trials: bulkhead report RUN --format csv-trials")),
              .css_class = ""};
  for (const std::uint64_t id : ids) {
    if (table.rows.size() == kMostTrials) break;
    const Trial& trial = context.report.decisive.at(id);
    table.rows.push_back({fmt::format("{}", id), CellName(trial.plan.cell),
                          fmt::format("{}", trial.plan.block), wording::Hex(trial.plan.seed),
                          std::string(tr(wording::PartOf(verdict, trial))), EndOf(trial, tr),
                          wording::Measured(static_cast<double>(trial.took), tr)});
  }
  Data data;
  data["title"] = Value(tr.Format("{} of {} trials that count", table.rows.size(),
                                  wording::Count(verdict.counted, tr)));
  data["table"] = TableData(context, table);
  return data;
}

void AddScope(const Context& context, const Verdict& verdict, Data& data) {
  std::set<std::string> scenarios;
  std::set<VehicleKind> kinds;
  for (const CellResult& cell : verdict.cells) {
    scenarios.insert(cell.cell.scenario);
    kinds.insert(cell.cell.vehicle);
  }
  Data names(Data::type::list);
  std::size_t count = 0;
  for (const std::string& name : scenarios) {
    if (count++ < kMostNames) names << Data("name", Value(name));
  }
  data["scenarios"] = std::move(names);
  data["scenarios_more"] =
      Value(scenarios.size() > kMostNames
                ? context.tr.Format("and {} more", scenarios.size() - kMostNames)
                : "");
  Data vehicles(Data::type::list);
  for (const VehicleKind kind : kinds) {
    Data vehicle;
    vehicle["name"] = Value(TraitsOf(kind).name);
    vehicle["summary"] = Value(context.tr(TraitsOf(kind).summary));
    vehicles << std::move(vehicle);
  }
  data["vehicles"] = std::move(vehicles);
}

// The trial that explains the verdict; another of its kind where that one has its place in the
// section of another claim already.
const Trial* TrialOf(const Context& context, std::size_t index,
                     const std::map<std::uint64_t, std::size_t>& shown) {
  const Verdict& verdict = context.report.verdicts[index];
  const Trial* first = wording::DecisiveTrial(context.report, verdict);
  if (first == nullptr || !shown.contains(first->plan.id)) return first;
  const std::string_view part = wording::PartOf(verdict, *first);
  for (const CellResult& cell : verdict.cells) {
    for (const auto& id : {cell.witness, cell.typical}) {
      const auto found = id && !shown.contains(*id) ? context.report.decisive.find(*id)
                                                    : context.report.decisive.end();
      if (found == context.report.decisive.end()) continue;
      if (wording::PartOf(verdict, found->second) == part) return &found->second;
    }
  }
  return first;
}

void AddDecisive(const Context& context, std::size_t index, Amount amount,
                 std::map<std::uint64_t, std::size_t>& shown, Data& data) {
  data["trial"] = Data(false);
  data["elsewhere"] = Data(false);
  const Trial* trial = TrialOf(context, index, shown);
  if (trial == nullptr) return;
  const auto [place, fresh] = shown.emplace(trial->plan.id, index);
  if (fresh) {
    data["trial"] = TrialData(context, index, *trial, amount);
    return;
  }
  Data elsewhere;
  elsewhere["href"] = Value(fmt::format("#claim-{}", place->second + 1));
  elsewhere["text"] =
      Value(context.tr.Format("{}: its timeline is shown with {}.", TrialLine(*trial, context.tr),
                              context.report.verdicts[place->second].claim));
  data["elsewhere"] = std::move(elsewhere);
}

}  // namespace

Data ClaimData(const Context& context, std::size_t index, Amount amount,
               std::map<std::uint64_t, std::size_t>& shown) {
  const Translator& tr = context.tr;
  const Verdict& verdict = context.report.verdicts[index];
  const Claim& claim = wording::ClaimOf(context.report, index);
  Data data;
  data["number"] = Value(fmt::format("{}", index + 1));
  data["id"] = Value(verdict.claim);
  data["outcome"] = Value(NameOf(verdict.outcome));
  data["symbol"] = Value(wording::Symbol(verdict.outcome));
  data["row_class"] = Value(wording::NeedsAttention(verdict) ? "attention" : "");
  std::string original_language, text_language, rationale_language;
  data["original"] = Value(wording::ClaimText(claim, claim.original, &original_language));
  data["original_language"] = Value(original_language);
  data["text"] = Value(wording::ClaimText(claim, context.options.language, &text_language));
  data["language"] = Value(text_language);
  data["translated"] = Data(text_language != original_language);
  std::vector<std::string> sources;
  for (const Source& source : claim.sources) {
    sources.push_back(wording::SourceLine(source, tr) +
                      (&source == &claim.sources.back() ? "" : "; "));
  }
  data["sources"] = Texts(sources);
  data["why"] = Value(wording::Why(verdict, tr));
  data["expectation"] = Value(wording::Expectation(claim, verdict, tr));
  data["control_failed"] = Data(verdict.control_failed);
  data["brief"] = Data(amount == Amount::kBrief);
  if (amount == Amount::kBrief) return data;

  data["open"] = Data(wording::NeedsAttention(verdict));
  data["done"] = Value(WhatWasDone(context, claim));
  data["rationale"] =
      ValueOrNone(wording::Rationale(claim, context.options.language, &rationale_language));
  data["rationale_language"] = Value(rationale_language);
  AddScope(context, verdict, data);
  data["conditional"] = Data(!verdict.holds_in.empty() || !verdict.fails_in.empty());
  const auto conditions = [&](const std::vector<Message>& messages) {
    std::vector<std::string> texts;
    for (const Message& message : messages) texts.push_back(tr(message));
    return Texts(texts);
  };
  data["holds"] = conditions(verdict.holds_in);
  data["fails"] = conditions(verdict.fails_in);
  data["cells"] = verdict.cells.empty() ? Data(false) : Cells(context, index);
  data["replays"] = ValueOrNone(Replays(verdict, tr));
  data["ratios"] = Ratios(context, claim, verdict);
  data["series"] = Series(context, verdict);
  AddDecisive(context, index, amount, shown, data);
  data["trials"] = Trials(context, verdict);
  data["explain"] = Value("bulkhead explain " + verdict.claim);
  return data;
}

}  // namespace bulkhead::html
