#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "harness/model/names.h"
#include "reports/markdown_parts.h"
#include "reports/text.h"
#include "reports/timeline.h"
#include "reports/wording.h"

namespace bulkhead::markdown {
namespace {

std::string Texts(const Claim& claim, const Translator& tr) {
  std::string out;
  for (const auto& [language, words] : claim.text) {
    const std::string code = Escape(language);
    out += fmt::format("- {}: {}\n",
                       language == claim.original ? tr.Format("{} (original)", code) : code,
                       Escape(words));
  }
  return out.empty() ? "" : out + "\n";
}

std::string Sources(const Claim& claim, const Translator& tr) {
  std::string out;
  for (const Source& source : claim.sources) {
    out += (out.empty() ? "" : "; ") + Escape(wording::SourceLine(source, tr));
  }
  return out.empty() ? "" : tr.Format("Source: {}.", out) + "\n\n";
}

std::string Joined(const std::set<std::string>& names, const Translator& tr) {
  constexpr std::size_t kMost = 30;
  std::string out;
  std::size_t count = 0;
  for (const std::string& name : names) {
    if (count++ == kMost) {
      return tr.Format("{} and {} more", out, wording::Count(names.size() - kMost, tr));
    }
    out += (out.empty() ? "" : ", ") + Code(name);
  }
  return out;
}

std::string WhatWasDone(const RunReport& report, const Claim& claim, const Verdict& verdict,
                        std::string_view language, const Translator& tr) {
  std::string out = fmt::format("**{}** ", tr("What was done."));
  std::set<std::string> scenarios, vehicles;
  for (const CellResult& cell : verdict.cells) {
    const VehicleTraits& vehicle = TraitsOf(cell.cell.vehicle);
    scenarios.insert(cell.cell.scenario);
    vehicles.insert(fmt::format("{} ({})", vehicle.name, tr(vehicle.summary)));
  }
  if (claim.quantifier == Quantifier::kRatio && claim.experiment.ratio) {
    const RatioSpec& spec = *claim.experiment.ratio;
    out += tr.Format(
        "The claim compares: {} / {} is above {}. Both sides were measured in turn, "
        "and the medians compared.",
        Code(spec.numerator), Code(spec.denominator), tr.Number(fmt::format("{:g}", spec.than)));
  } else {
    out += tr.Format("In each trial that counts, this was looked for: {} ({}).",
                     tr(wording::Meaning(claim.experiment.finding)),
                     Code(NameOf(claim.experiment.finding)));
  }
  out += " " + tr.Format("The claim says {}: {}.", Code(NameOf(claim.quantifier)),
                         tr(wording::Meaning(claim.quantifier)));
  if (claim.quantifier == Quantifier::kAlways) {
    const bool asked = report.plan.command_line.find(" --bound") != std::string::npos;
    const std::string target = wording::Percent(claim.target, tr);
    const std::string confidence = wording::Percent(report.plan.confidence, tr);
    out += " ";
    out += asked ? tr.Format(
                       "Its target is a rate of at most {} (asked for in this run) at {} "
                       "confidence.",
                       target, confidence)
                 : tr.Format("Its target is a rate of at most {} at {} confidence.", target,
                             confidence);
  }
  out += "\n\n";
  if (!scenarios.empty()) out += tr.Format("Scenarios: {}.", Joined(scenarios, tr)) + "  \n";
  if (!vehicles.empty()) out += tr.Format("Vehicles: {}.", Joined(vehicles, tr)) + "\n\n";
  std::string chosen;
  if (const std::string why = wording::Rationale(claim, language, &chosen); !why.empty()) {
    const bool translated = chosen == language || chosen == CodeOf(tr.language());
    out += translated ? Escape(why)
                      : tr.Format("{} (there is no translation of this yet)", Escape(why));
    out += "\n\n";
  }
  return out;
}

std::string Fates(const std::map<std::string, std::uint64_t>& fates, const Translator& tr) {
  constexpr std::size_t kMost = 6;
  std::string out;
  std::size_t count = 0;
  for (const auto& [fate, times] : fates) {
    if (count++ == kMost) {
      const std::size_t more = fates.size() - kMost;
      return out + "<br>" +
             tr.FormatPlural("{} more kind", "{} more kinds", more, wording::Count(more, tr));
    }
    out += fmt::format("{}{} × {}", out.empty() ? "" : "<br>", wording::Count(times, tr),
                       Escape(fate));
  }
  return out;
}

std::string Control(const ControlTally& tally, const Translator& tr) {
  if (tally.run == 0) return "–";
  return fmt::format("{}/{}", wording::Count(tally.passed, tr), wording::Count(tally.run, tr));
}

std::string WhyOf(const CellResult& cell, const Translator& tr) {
  std::string why = Escape(tr(cell.reason));
  const auto add = [&](const std::string& more) { why += (why.empty() ? "" : "; ") + more; };
  for (const ControlTally* tally : {&cell.no_fault, &cell.positive}) {
    if (tally->passed == tally->run || tally->first_failure.empty()) continue;
    const bool said =
        cell.reason.English().find(tally->first_failure.English()) != std::string::npos;
    if (!said) add(Escape(tr(tally->first_failure)));
  }
  if (cell.stopped_early) add(std::string(tr("stopped early")));
  return why;
}

std::string Cells(const Verdict& verdict, const Translator& tr) {
  if (verdict.cells.empty()) return "";
  std::string out = TableHead({tr("cell"), tr("state"), "n", "k", tr("rate"), tr("void"),
                               tr("spoilt"), tr("layouts"), tr("no fault"), tr("positive"),
                               tr("victims"), tr("bystanders"), tr("why")});
  for (std::size_t i = 0; i < verdict.cells.size(); ++i) {
    if (i == kMostRows) {
      out += "\n" +
             tr.Format("Showing {} of {} cells.", wording::Count(kMostRows, tr),
                       wording::Count(verdict.cells.size(), tr)) +
             "\n";
      break;
    }
    const CellResult& cell = verdict.cells[i];
    out += TableRow(
        {Code(CellName(cell.cell)),
         fmt::format("{} {}", wording::Symbol(cell.state), NameOf(cell.state)),
         wording::Count(cell.counted, tr), wording::Count(cell.found, tr), wording::Rate(cell, tr),
         wording::Count(cell.void_trials, tr), wording::Count(cell.troubled, tr),
         wording::Count(cell.blocks, tr), Control(cell.no_fault, tr), Control(cell.positive, tr),
         Fates(cell.victim_fates, tr), Fates(cell.bystander_fates, tr), WhyOf(cell, tr)});
  }
  return out + "\n";
}

// Of races: a seed does not replay a race, and the reader should know how often it seemed to.
std::string Replays(const Verdict& verdict, const Translator& tr) {
  std::string out;
  for (const CellResult& cell : verdict.cells) {
    if (cell.replays == 0) continue;
    out +=
        (out.empty() ? "" : "; ") + Code(CellName(cell.cell)) + " " + wording::Replayed(cell, tr);
  }
  if (out.empty()) return "";
  return tr.Format(
             "Trials that showed it were run again with the same seed, in the same memory "
             "layout, and showed it again or not: {}.",
             out) +
         "\n\n";
}

std::string Conditions(const Verdict& verdict, const Translator& tr) {
  std::string out;
  const auto list = [&](std::string_view title, const std::vector<Message>& conditions) {
    if (conditions.empty()) return;
    out += fmt::format("**{}**\n\n", title);
    for (const Message& condition : conditions) out += "- " + Escape(tr(condition)) + "\n";
    out += "\n";
  };
  list(tr("Holds in"), verdict.holds_in);
  list(tr("Fails in"), verdict.fails_in);
  return out;
}

// A count, a time in nanoseconds, a size: as measured, for only the scenario knows the unit.
std::string Plain(double value, const Translator& tr) {
  if (value >= 1000.0) return wording::Count(static_cast<std::uint64_t>(value + 0.5), tr);
  return tr.Number(fmt::format("{:.4g}", value));
}

std::string RatioTable(const RunReport& report, const Claim& claim, const Verdict& verdict,
                       const Translator& tr) {
  const RatioSpec spec = claim.experiment.ratio.value_or(RatioSpec{"numerator", "denominator", 1});
  const std::string above = tr.Format("median of {}", Escape(spec.numerator));
  const std::string below = tr.Format("median of {}", Escape(spec.denominator));
  std::string out = TableHead({tr("cell"), above, below, tr("ratio"), tr("pairs")});
  for (const CellResult& cell : verdict.cells) {
    if (!cell.ratio) continue;
    out += TableRow({Code(CellName(cell.cell)), Plain(cell.ratio->numerator_median, tr),
                     Plain(cell.ratio->denominator_median, tr), wording::Ratio(*cell.ratio, tr),
                     wording::Count(cell.ratio->samples, tr)});
  }
  return out + "\n" +
         tr.Format(
             "Ratio of the medians; in parentheses its {} interval (two-sided, bootstrap "
             "with {} resamples, first seed {}).",
             wording::Percent(report.plan.confidence, tr),
             wording::Count(verdict.ratio->resamples, tr),
             wording::Hex(verdict.ratio->bootstrap_seed)) +
         "\n\n";
}

std::string SeriesTable(const Verdict& verdict, const Translator& tr) {
  std::string rows;
  for (const CellResult& cell : verdict.cells) {
    for (const SeriesResult& series : cell.series) {
      rows += TableRow({Code(CellName(cell.cell)), Code(series.name),
                        wording::Count(series.samples, tr), Plain(series.least, tr),
                        Plain(series.lower_quartile, tr), Plain(series.median, tr),
                        Plain(series.upper_quartile, tr), Plain(series.most, tr)});
    }
  }
  if (rows.empty()) return "";
  return TableHead({tr("cell"), tr("series"), tr("samples"), tr("least"), tr("quartile"),
                    tr("median"), tr("quartile"), tr("most")}) +
         rows + "\n" +
         std::string(tr("Measured by the units themselves, in nanoseconds unless the scenario "
                        "names another unit (`bulkhead explain SCENARIO`).")) +
         "\n\n";
}

std::string Decisive(const Trial& trial, const Verdict& verdict, const Translator& tr,
                     Shown& shown) {
  const std::string name =
      Escape(fmt::format("{} ({})", TrialLine(trial, tr), wording::PartOf(verdict, trial, tr)));
  const auto before = shown.decisive.find(trial.plan.id);
  if (before != shown.decisive.end()) {
    return tr.Format("**{}**: see {}.", name, Escape(before->second)) + "\n\n";
  }
  if (shown.decisive.size() == kMostDecisive) {
    ++shown.not_shown;
    return tr.Format("**{}**: not shown, this document holds {} such trials.", name,
                     kMostDecisive) +
           "\n\n";
  }
  shown.decisive[trial.plan.id] = verdict.claim;
  std::string out = fmt::format("**{}**\n\n", name);
  if (!trial.trouble.empty()) out += tr.Format("Trouble: {}", Escape(trial.trouble)) + "\n\n";
  const Timeline timeline = TimelineOf(trial, Detail::kAll, kMostEvents, tr);
  out += TableHead({tr("time since armed"), tr("unit"), tr("whose word"), tr("what")});
  for (const TimelineRow& row : timeline.rows) {
    out += TableRow({row.when, row.unit, std::string(row.word_of), Escape(row.what)});
  }
  if (timeline.left_out > 0) {
    out += "\n" +
           tr.Format("Showing {} of {} events.", wording::Count(timeline.rows.size(), tr),
                     wording::Count(timeline.rows.size() + timeline.left_out, tr)) +
           "\n";
  }
  out += "\n";
  if (!trial.output.empty()) {
    out += tr("What its processes wrote:");
    out += "\n\n" + Preformatted(trial.output);
  }
  return out;
}

}  // namespace

std::string ClaimSection(const RunReport& report, std::size_t index, std::string_view language,
                         const Translator& tr, bool brief, Shown& shown) {
  const Verdict& verdict = report.verdicts[index];
  const Claim& claim = wording::ClaimOf(report, index);
  std::string out =
      fmt::format("<a id=\"claim-{}\"></a>\n\n### {} {}: {}\n\n", index + 1,
                  wording::Symbol(verdict.outcome), NameOf(verdict.outcome), Escape(verdict.claim));
  out += "> " + Escape(wording::ClaimText(claim, language)) + "\n\n";
  if (!brief) {
    out +=
        Texts(claim, tr) + Sources(claim, tr) + WhatWasDone(report, claim, verdict, language, tr);
  }
  out +=
      tr.Format("**Verdict: {}.** {}", NameOf(verdict.outcome), Escape(wording::Why(verdict, tr)));
  const std::string expected = wording::Expectation(claim, verdict, tr);
  if (!expected.empty()) out += " " + expected;
  if (verdict.control_failed) out += fmt::format(" **{}**", tr("A control failed."));
  out += "\n\n";
  if (brief) return out;
  out += Conditions(verdict, tr) + Cells(verdict, tr) + Replays(verdict, tr);
  if (verdict.ratio) out += RatioTable(report, claim, verdict, tr);
  out += SeriesTable(verdict, tr);
  if (const Trial* trial = wording::DecisiveTrial(report, verdict)) {
    out += Decisive(*trial, verdict, tr, shown);
  }
  return out + tr.Format("More: `bulkhead explain` {}", Code(verdict.claim)) + "\n\n";
}

}  // namespace bulkhead::markdown
