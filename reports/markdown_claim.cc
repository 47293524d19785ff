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

std::string Texts(const Claim& claim) {
  std::string out;
  for (const auto& [language, words] : claim.text) {
    out += fmt::format("- {}{}: {}\n", Escape(language),
                       language == claim.original ? " (original)" : "", Escape(words));
  }
  return out.empty() ? "" : out + "\n";
}

std::string Sources(const Claim& claim) {
  std::string out;
  for (const Source& source : claim.sources) {
    out += (out.empty() ? "Source: " : "; ") + Escape(wording::SourceLine(source));
  }
  return out.empty() ? "" : out + ".\n\n";
}

std::string Joined(const std::set<std::string>& names) {
  std::string out;
  std::size_t count = 0;
  for (const std::string& name : names) {
    if (count++ == 30) return out + fmt::format(" and {} more", names.size() - 30);
    out += (out.empty() ? "" : ", ") + Code(name);
  }
  return out;
}

std::string WhatWasDone(const RunReport& report, const Claim& claim, const Verdict& verdict) {
  std::string out = "**What was done.** ";
  std::set<std::string> scenarios, vehicles;
  for (const CellResult& cell : verdict.cells) {
    scenarios.insert(cell.cell.scenario);
    vehicles.insert(fmt::format("{} ({})", TraitsOf(cell.cell.vehicle).name,
                                TraitsOf(cell.cell.vehicle).summary));
  }
  if (claim.quantifier == Quantifier::kRatio && claim.experiment.ratio) {
    const RatioSpec& spec = *claim.experiment.ratio;
    out += fmt::format(
        "The claim compares: {} / {} is above {:g}. Both sides were measured in "
        "turn, and the medians compared. ",
        Code(spec.numerator), Code(spec.denominator), spec.than);
  } else {
    out +=
        fmt::format("In each trial that counts, this was looked for: {} (`{}`). ",
                    wording::Meaning(claim.experiment.finding), NameOf(claim.experiment.finding));
  }
  out += fmt::format("The claim says `{}`: {}.", NameOf(claim.quantifier),
                     wording::Meaning(claim.quantifier));
  if (claim.quantifier == Quantifier::kAlways) {
    const bool asked = report.plan.command_line.find(" --bound") != std::string::npos;
    out += fmt::format(" Its target is a rate of at most {}{} at {} confidence.",
                       wording::Percent(claim.target), asked ? " (asked for in this run)" : "",
                       wording::Percent(report.plan.confidence));
  }
  out += "\n\n";
  if (!scenarios.empty()) out += "Scenarios: " + Joined(scenarios) + ".  \n";
  if (!vehicles.empty()) out += "Vehicles: " + Joined(vehicles) + ".\n\n";
  // As everything around it: in English where there is English.
  if (const std::string why = wording::Rationale(claim, "en"); !why.empty()) {
    out += Escape(why) + "\n\n";
  }
  return out;
}

std::string Fates(const std::map<std::string, std::uint64_t>& fates) {
  std::string out;
  std::size_t count = 0;
  for (const auto& [fate, times] : fates) {
    if (count++ == 6) return out + fmt::format("<br>{} more kinds", fates.size() - 6);
    out += fmt::format("{}{} × {}", out.empty() ? "" : "<br>", wording::Count(times), Escape(fate));
  }
  return out;
}

std::string Control(const ControlTally& tally) {
  return tally.run == 0 ? "–" : fmt::format("{}/{}", tally.passed, tally.run);
}

std::string Cells(const Verdict& verdict) {
  if (verdict.cells.empty()) return "";
  std::string out = TableHead({"cell", "state", "n", "k", "rate", "void", "spoilt", "layouts",
                               "no fault", "positive", "victims", "bystanders", "why"});
  for (std::size_t i = 0; i < verdict.cells.size(); ++i) {
    if (i == kMostRows) {
      out += fmt::format("\nShowing {} of {} cells.\n", kMostRows, verdict.cells.size());
      break;
    }
    const CellResult& cell = verdict.cells[i];
    std::string why = Escape(cell.reason);
    for (const ControlTally* tally : {&cell.no_fault, &cell.positive}) {
      if (tally->passed == tally->run || tally->first_failure.empty()) continue;
      if (cell.reason.find(tally->first_failure) != std::string::npos) continue;
      why += (why.empty() ? "" : "; ") + Escape(tally->first_failure);
    }
    if (cell.stopped_early) why += why.empty() ? "stopped early" : "; stopped early";
    out += TableRow({Code(CellName(cell.cell)),
                     fmt::format("{} {}", wording::Symbol(cell.state), NameOf(cell.state)),
                     wording::Count(cell.counted), wording::Count(cell.found), wording::Rate(cell),
                     wording::Count(cell.void_trials), wording::Count(cell.troubled),
                     wording::Count(cell.blocks), Control(cell.no_fault), Control(cell.positive),
                     Fates(cell.victim_fates), Fates(cell.bystander_fates), why});
  }
  return out + "\n";
}

// Of races: a seed does not replay a race, and the reader should know how often it seemed to.
std::string Replays(const Verdict& verdict) {
  std::string out;
  for (const CellResult& cell : verdict.cells) {
    if (cell.replays == 0) continue;
    out += (out.empty() ? "" : "; ") + Code(CellName(cell.cell)) + " " + wording::Replayed(cell);
  }
  if (out.empty()) return "";
  return "Trials that showed it were run again with the same seed, in the same memory layout, and "
         "showed it again or not: " +
         out + ".\n\n";
}

std::string Conditions(const Verdict& verdict) {
  std::string out;
  const auto list = [&](const char* title, const std::vector<std::string>& conditions) {
    if (conditions.empty()) return;
    out += fmt::format("**{}**\n\n", title);
    for (const std::string& condition : conditions) out += "- " + Escape(condition) + "\n";
    out += "\n";
  };
  list("Holds in", verdict.holds_in);
  list("Fails in", verdict.fails_in);
  return out;
}

// A count, a time in nanoseconds, a size: as measured, for only the scenario knows the unit.
std::string Plain(double value) {
  if (value >= 1000.0) return wording::Count(static_cast<std::uint64_t>(value + 0.5));
  return fmt::format("{:.4g}", value);
}

std::string RatioTable(const RunReport& report, const Claim& claim, const Verdict& verdict) {
  const RatioSpec spec = claim.experiment.ratio.value_or(RatioSpec{"numerator", "denominator", 1});
  std::string out = TableHead(
      {"cell", "median of " + spec.numerator, "median of " + spec.denominator, "ratio", "pairs"});
  for (const CellResult& cell : verdict.cells) {
    if (!cell.ratio) continue;
    out += TableRow({Code(CellName(cell.cell)), Plain(cell.ratio->numerator_median),
                     Plain(cell.ratio->denominator_median), wording::Ratio(*cell.ratio),
                     wording::Count(cell.ratio->samples)});
  }
  return out + fmt::format(
                   "\nRatio of the medians; in parentheses its {} interval (two-sided, bootstrap "
                   "with {} resamples, first seed {}).\n\n",
                   wording::Percent(report.plan.confidence),
                   wording::Count(verdict.ratio->resamples),
                   wording::Hex(verdict.ratio->bootstrap_seed));
}

std::string SeriesTable(const Verdict& verdict) {
  std::string rows;
  for (const CellResult& cell : verdict.cells) {
    for (const SeriesResult& series : cell.series) {
      rows +=
          TableRow({Code(CellName(cell.cell)), Code(series.name), wording::Count(series.samples),
                    Plain(series.least), Plain(series.lower_quartile), Plain(series.median),
                    Plain(series.upper_quartile), Plain(series.most)});
    }
  }
  if (rows.empty()) return "";
  return TableHead(
             {"cell", "series", "samples", "least", "quartile", "median", "quartile", "most"}) +
         rows +
         "\nMeasured by the units themselves, in nanoseconds unless the scenario names another "
         "unit (`bulkhead explain SCENARIO`).\n\n";
}

std::string Decisive(const Trial& trial, const Verdict& verdict, Shown& shown) {
  const std::string name =
      Escape(fmt::format("{} ({})", TrialLine(trial), wording::PartOf(verdict, trial)));
  const auto before = shown.decisive.find(trial.plan.id);
  if (before != shown.decisive.end()) {
    return fmt::format("**{}**: see {}.\n\n", name, Escape(before->second));
  }
  if (shown.decisive.size() == kMostDecisive) {
    ++shown.not_shown;
    return fmt::format("**{}**: not shown, this document holds {} such trials.\n\n", name,
                       kMostDecisive);
  }
  shown.decisive[trial.plan.id] = verdict.claim;
  std::string out = fmt::format("**{}**\n\n", name);
  if (!trial.trouble.empty()) out += "Trouble: " + Escape(trial.trouble) + "\n\n";
  const Timeline timeline = TimelineOf(trial, Detail::kAll, kMostEvents);
  out += TableHead({"time since armed", "unit", "whose word", "what"});
  for (const TimelineRow& row : timeline.rows) {
    out += TableRow({row.when, row.unit, std::string(row.word_of), Escape(row.what)});
  }
  if (timeline.left_out > 0) {
    out += fmt::format("\nShowing {} of {} events.\n", timeline.rows.size(),
                       timeline.rows.size() + timeline.left_out);
  }
  out += "\n";
  if (!trial.output.empty()) {
    out += "What its processes wrote:\n\n" + Preformatted(trial.output);
  }
  return out;
}

}  // namespace

std::string ClaimSection(const RunReport& report, std::size_t index, std::string_view language,
                         bool brief, Shown& shown) {
  const Verdict& verdict = report.verdicts[index];
  const Claim& claim = wording::ClaimOf(report, index);
  std::string out =
      fmt::format("<a id=\"claim-{}\"></a>\n\n### {} {}: {}\n\n", index + 1,
                  wording::Symbol(verdict.outcome), NameOf(verdict.outcome), Escape(verdict.claim));
  out += "> " + Escape(wording::ClaimText(claim, language)) + "\n\n";
  if (!brief) out += Texts(claim) + Sources(claim) + WhatWasDone(report, claim, verdict);
  out += fmt::format("**Verdict: {}.** {}", NameOf(verdict.outcome), Escape(wording::Why(verdict)));
  const std::string expected = wording::Expectation(claim, verdict);
  if (!expected.empty()) out += " " + expected;
  if (verdict.control_failed) out += " **A control failed.**";
  out += "\n\n";
  if (brief) return out;
  out += Conditions(verdict) + Cells(verdict) + Replays(verdict);
  if (verdict.ratio) out += RatioTable(report, claim, verdict);
  out += SeriesTable(verdict);
  if (const Trial* trial = wording::DecisiveTrial(report, verdict)) {
    out += Decisive(*trial, verdict, shown);
  }
  return out + fmt::format("More: `bulkhead explain` {}\n\n", Code(verdict.claim));
}

}  // namespace bulkhead::markdown
