#include <fmt/format.h>

#include <algorithm>

#include "harness/model/names.h"
#include "reports/html/page.h"
#include "reports/palette.h"
#include "reports/redaction.h"
#include "reports/survival.h"
#include "reports/wording.h"

namespace bulkhead::html {
namespace {

std::uint64_t CountOf(const RunReport& report, const auto& predicate) {
  return static_cast<std::uint64_t>(std::ranges::count_if(report.verdicts, predicate));
}

// The one sentence of the banner, and how it looks.
struct Banner {
  std::string sentence, symbol, css_class;
};

Banner BannerOf(const Context& context) {
  const RunReport& report = context.report;
  const Translator& tr = context.tr;
  const std::uint64_t unexpected =
      CountOf(report, [](const Verdict& v) { return v.as_expected == false; });
  const std::uint64_t claims = report.verdicts.size();
  if (claims == 0) return {std::string(tr("No claim was put to the test.")), "!", "bad"};
  if (report.exit_code == 4) {
    return {std::string(tr("A control failed, or something broke: not every verdict can be relied "
                           "on.")),
            "!", "bad"};
  }
  if (unexpected > 0) {
    return {tr.FormatPlural("{} verdict is not as expected.", "{} verdicts are not as expected.",
                            unexpected, wording::Count(unexpected, tr)),
            "✘", "bad"};
  }
  const std::uint64_t open = CountOf(report, wording::NeedsAttention);
  if (open > 0) {
    return {tr.FormatPlural("Nothing unexpected; {} claim could not be decided.",
                            "Nothing unexpected; {} claims could not be decided.", open,
                            wording::Count(open, tr)),
            "?", "open"};
  }
  if (report.exit_code != 0) {
    return {std::string(tr("Nothing unexpected, but not all of the plan was carried out.")), "?",
            "open"};
  }
  const std::uint64_t expected =
      CountOf(report, [](const Verdict& v) { return v.as_expected == true; });
  const std::string count = wording::Count(claims, tr);
  if (expected == claims) {
    return {tr.FormatPlural("{} claim was put to the test, and its verdict is as expected.",
                            "{} claims were put to the test, and all verdicts are as expected.",
                            claims, count),
            "✔", "good"};
  }
  if (expected > 0) {
    return {tr.FormatPlural("{1} of {0} claim has the verdict that it expects; none is unexpected.",
                            "{1} of {0} claims have the verdict that they expect; none is "
                            "unexpected.",
                            claims, count, wording::Count(expected, tr)),
            "✔", "good"};
  }
  return {
      tr.FormatPlural("{} claim was put to the test; no verdict was expected.",
                      "{} claims were put to the test; no verdict was expected.", claims, count),
      "✔", "good"};
}

// The four numbers: what holds, what depends, what does not hold, what is not decided.
Data Counts(const Context& context) {
  struct Count {
    std::string_view css_class, symbol;
    std::string word;
    std::vector<Outcome> outcomes;
  };
  const Translator& tr = context.tr;
  const std::vector<Count> counts{
      {"supported", "✔", "supported", {Outcome::kSupported}},
      {"conditional", "◐", "conditional", {Outcome::kConditional}},
      {"refuted", "✘", "refuted", {Outcome::kRefuted}},
      {"inconclusive",
       "?",
       std::string(tr("not decided")),
       {Outcome::kInconclusive, Outcome::kNotApplicable, Outcome::kBroken}}};
  Data list(Data::type::list);
  for (const Count& count : counts) {
    std::size_t number = 0;
    std::string href = "#claims";
    for (const std::size_t index : OrderOfVerdicts(context.report)) {
      if (!std::ranges::count(count.outcomes, context.report.verdicts[index].outcome)) continue;
      if (number++ == 0) href = fmt::format("#claim-{}", index + 1);
    }
    Data data;
    data["class"] = Value(count.css_class);
    data["symbol"] =
        Data(fmt::format("<span aria-hidden=\"true\">{}</span>", std::string(count.symbol)));
    data["word"] = Value(count.word);
    data["count"] = Value(wording::Count(number, tr));
    data["href"] = Value(href);
    list << std::move(data);
  }
  return list;
}

std::string Expected(const Claim& claim, const Verdict& verdict, const Translator& tr) {
  if (verdict.as_expected == true) return std::string(tr("yes"));
  if (!claim.expect) return std::string(verdict.as_expected ? tr("no") : tr("nothing expected"));
  if (verdict.as_expected) return tr.Format("no, but {}", NameOf(*claim.expect));
  return tr.Format("expects {}, not decided", NameOf(*claim.expect));
}

// What became of this claim since the baseline.
std::string Change(const Context& context, const Verdict& verdict) {
  const auto& before = context.options.baseline->verdicts;
  const auto found = std::ranges::find(before, verdict.claim, &Verdict::claim);
  if (found == before.end()) return std::string(context.tr("new"));
  if (found->outcome == verdict.outcome) return std::string(context.tr("same"));
  return context.tr.Format("was {}", NameOf(found->outcome));
}

std::string Machine(const Context& context) {
  const Redaction redact(context.report.plan.envelope, context.options.names, context.tr);
  std::string line;
  for (const char* key : {"distribution", "kernel.release", "machine", "cpu.model"}) {
    const std::string_view value = wording::EnvelopeValue(context.report.plan.envelope, key);
    if (value.empty() || value.starts_with("unknown")) continue;
    line += (line.empty() ? "" : " · ") + redact(std::string(value));
  }
  return line;
}

// Reasons for which cells cannot be run here, numbered as they occur.
struct Reasons {
  std::vector<std::string> texts;

  std::size_t NumberOf(const std::string& text) {
    const auto found = std::ranges::find(texts, text);
    if (found != texts.end()) return static_cast<std::size_t>(found - texts.begin()) + 1;
    texts.push_back(text);
    return texts.size();
  }
};

Data MatrixCell(const Context& context, const SurvivalEntry& entry, Reasons& reasons) {
  const Translator& tr = context.tr;
  const CellResult& cell = *entry.cell;
  Data data;
  const bool decided = entry.Counts() && !entry.blind && !entry.open;
  const double suffered =
      !entry.well || cell.counted == 0
          ? 0.5
          : 1.0 - static_cast<double>(*entry.well) / static_cast<double>(cell.counted);
  data["class"] = ValueOrNone(!entry.Counts() && !entry.blind ? "none" : !decided ? "hatched" : "");
  data["style"] = ValueOrNone(entry.Counts() ? "background-color:" + TintOf(suffered) : "");
  data["href"] = Value(fmt::format("#claim-{}", entry.verdict + 1));
  std::string title = CellName(cell.cell);
  const std::string reason(tr(cell.reason));
  if (!reason.empty()) title += ": " + reason;
  data["title"] = Value(title);
  data["symbol"] = Value(entry.Symbol());
  std::string number;
  if (entry.Counts()) {
    number = (entry.well ? wording::Count(*entry.well, tr) : std::string(tr("some"))) + "/<wbr/>" +
             wording::Count(cell.counted, tr);
  } else if (cell.state == CellState::kNotApplicable) {
    number = fmt::format("<sup>{}</sup>", reasons.NumberOf(reason));
  }
  data["number"] = Data(number);
  data["mark"] = ValueOrNone(entry.Counts() ? MarkOf(entry.question) : "");
  return data;
}

}  // namespace

void AddSummary(const Context& context, Data& page) {
  const RunReport& report = context.report;
  const Translator& tr = context.tr;
  const Banner banner = BannerOf(context);
  page["title"] = Value(tr("Crash isolation on this machine"));
  page["machine"] = Value(Machine(context));
  page["run_id"] = Value(report.plan.run_id);
  page["tool_version"] = Value(report.plan.tool_version);
  page["started"] = Value(report.plan.started);
  page["took"] = Value(tr.Format("took {}", wording::Took(report.end.took, tr)));
  page["banner"] = Value(banner.sentence);
  page["banner_symbol"] = Value(banner.symbol);
  page["banner_class"] = Value(banner.css_class);
  page["counts"] = Counts(context);
  Data notices(Data::type::list);
  const auto notice = [&](std::string_view text) {
    if (!text.empty()) notices << Data("text", Value(text));
  };
  notice(wording::BlindNotice(report.plan, tr));
  notice(wording::ReplayNotice(report.plan, tr));
  if (report.end.interrupted) {
    notice(tr("Interrupted: what was finished is judged; the rest counts as skipped."));
  } else if (!report.complete) {
    notice(tr("Cut off: the journal ends without its last record; what it holds is judged."));
  }
  page["notices"] = std::move(notices);
  page["accounting"] = Value(wording::OutcomeCounts(report, tr));
  page["exit"] = Value(tr.Format("exit code {}: {}", report.exit_code,
                                 tr(wording::MeaningOfExit(report.exit_code))));
  page["trials_line"] = Value("Trials: " + wording::AccountingLine(report.end.accounting) +
                              " · bulkhead " + report.plan.tool_version);
}

void AddLedger(const Context& context, Data& page) {
  const RunReport& report = context.report;
  const Translator& tr = context.tr;
  page["has_baseline"] = Data(context.options.baseline != nullptr);
  std::string caption = tr.Format("Claims and verdicts; bounds are exact, one-sided, at {}",
                                  wording::Percent(report.plan.confidence, tr));
  if (context.options.baseline) {
    caption += tr.Format("; changes since run {}", context.options.baseline->plan.run_id);
  }
  page["ledger_caption"] = Value(caption);
  Data ledger(Data::type::list);
  bool expected_rows = false, other_rows = false;
  for (const std::size_t index : OrderOfVerdicts(report)) {
    const Verdict& verdict = report.verdicts[index];
    const Claim& claim = wording::ClaimOf(report, index);
    const bool ratio = claim.quantifier == Quantifier::kRatio;
    Data row;
    const bool attention = wording::NeedsAttention(verdict);
    const bool calm = verdict.as_expected == true && !attention;
    (calm ? expected_rows : other_rows) = true;
    row["row_class"] = Value(attention ? "attention" : calm ? "as-expected" : "");
    row["number"] = Value(fmt::format("{}", index + 1));
    row["id"] = Value(verdict.claim);
    std::string original, language;
    original = wording::ClaimText(claim, claim.original, &language);
    row["original"] = Value(original);
    row["original_language"] = Value(language);
    std::string text_language;
    const std::string text = wording::ClaimText(claim, context.options.language, &text_language);
    row["translated"] = Data(text_language != language);
    row["language"] = Value(text_language);
    row["text"] = Value(text);
    row["outcome"] = Value(NameOf(verdict.outcome));
    row["symbol"] = Value(wording::Symbol(verdict.outcome));
    row["expected"] = Value(Expected(claim, verdict, tr));
    row["expected_class"] = Value(verdict.as_expected == false ? "unexpected" : "");
    row["n"] = Value(
        wording::Count(ratio && verdict.ratio ? verdict.ratio->samples : verdict.counted, tr));
    row["k"] = Value(ratio ? "" : wording::Count(verdict.found, tr));
    row["result"] = Value(wording::Result(claim, verdict, tr));
    row["has_baseline"] = Data(context.options.baseline != nullptr);
    row["change"] = Value(context.options.baseline ? Change(context, verdict) : "");
    ledger << std::move(row);
  }
  page["ledger"] = std::move(ledger);
  page["can_filter"] = Data(expected_rows && other_rows);
}

void AddMatrix(const Context& context, Data& page) {
  const SurvivalMatrix matrix = SurvivalOf(context.report);
  page["has_matrix"] = Data(!matrix.faults.empty());
  Data vehicles(Data::type::list);
  for (const VehicleKind vehicle : matrix.vehicles) {
    Data data;
    data["name"] = Value(TraitsOf(vehicle).name);
    data["summary"] = Value(context.tr(TraitsOf(vehicle).summary));
    vehicles << std::move(data);
  }
  page["vehicles"] = std::move(vehicles);
  Reasons reasons;
  Data faults(Data::type::list);
  for (const auto& [fault, entries] : matrix.faults) {
    Data cells(Data::type::list);
    for (const VehicleKind vehicle : matrix.vehicles) {
      const auto entry = entries.find(vehicle);
      if (entry == entries.end()) {
        Data empty;
        for (const char* key : {"class", "style", "href", "title", "mark"})
          empty[key] = Data(false);
        cells << std::move(empty);
      } else {
        cells << MatrixCell(context, entry->second, reasons);
      }
    }
    Data row;
    row["name"] = Value(fault);
    row["cells"] = std::move(cells);
    faults << std::move(row);
  }
  page["faults"] = std::move(faults);
  Data list(Data::type::list);
  for (const std::string& reason : reasons.texts) list << Data("text", Value(reason));
  page["has_reasons"] = Data(!reasons.texts.empty());
  page["reasons"] = std::move(list);
}

}  // namespace bulkhead::html
