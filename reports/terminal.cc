// The report that `run` prints at its end and `report RUN` shows again: what needs attention, then
// the ledger, then the accounting, so that the numbers are what remains on the screen.
//
// Runs in: anywhere.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "harness/model/names.h"
#include "reports/terminal_page.h"
#include "reports/text.h"
#include "reports/wording.h"
#include "reports/writer.h"

namespace bulkhead {
namespace {

constexpr std::size_t kMostNotices = 8;  // leaks, broken plugins

void Head(const RunReport& report, TerminalPage& page) {
  const RunPlan& plan = report.plan;
  std::string line = page.tr.Format("bulkhead {} · run {}", text::OneLine(plan.tool_version),
                                    text::OneLine(plan.run_id));
  for (const std::string_view key : {"kernel.release", "cpu.model"}) {
    const std::string_view value = wording::EnvelopeValue(plan.envelope, key);
    if (!value.empty()) line += " · " + text::OneLine(value);
  }
  page.Text(line, 0, Ink::kFaint);
  page.Text(page.tr.Format("seed {}", wording::Hex(plan.seed)), 0, Ink::kFaint);
}

// The first of `things` under a title, and how many there are more.
template <typename Things, typename Say>
void List(std::string_view title, Ink ink, const Things& things, Say say, TerminalPage& page) {
  if (things.empty()) return;
  page.Rule(title, ink);
  const std::size_t shown = std::min(things.size(), kMostNotices);
  for (std::size_t i = 0; i < shown; ++i) page.Text(say(things[i]), 2);
  if (shown < things.size()) page.Text(page.tr.Format("and {} more", things.size() - shown), 2);
}

void Notices(const RunReport& report, TerminalPage& page) {
  const Translator& tr = page.tr;
  if (!report.plan.blind.empty()) {
    page.Rule(tr("! BLINDED ON PURPOSE"), Ink::kBad);
    page.Text(wording::BlindNotice(report.plan, tr), 2, Ink::kStrong);
  }
  if (report.plan.replay) page.Text(wording::ReplayNotice(report.plan, tr), 2, Ink::kStrong);
  if (report.end.interrupted) {
    page.Rule(tr("! INTERRUPTED"), Ink::kOpen);
    page.Text(
        tr("The run was interrupted. What was finished is judged; the rest counts as skipped."), 2);
  } else if (!report.complete) {
    page.Rule(tr("! CUT OFF"), Ink::kOpen);
    page.Text(tr("The journal ends without its last record: the run was killed. What it holds is "
                 "judged."),
              2);
  }
  List(
      tr("! BROKEN cells"), Ink::kBad, report.broken,
      [](const BrokenCell& broken) {
        return fmt::format("{}: {}", text::OneLine(CellName(broken.key)),
                           text::OneLine(broken.why));
      },
      page);
  List(
      tr("! LEAKS: left behind by a trial, then cleaned up"), Ink::kOpen, report.leaks,
      [&](const Leak& leak) {
        if (leak.cell.scenario.empty()) return text::OneLine(leak.what);
        return tr.Format("{}, block {}: {}", text::OneLine(CellName(leak.cell)), leak.block,
                         text::OneLine(leak.what));
      },
      page);
}

// The columns of one ledger row.  `result` may run into the column of k (ratios have none).
struct Row {
  std::string symbol, word, id, n, k, result, expected;
  Ink ink = Ink::kPlain;
};

Row TitleRow(const Translator& tr) {
  return {"",  std::string(tr("verdict")), std::string(tr("claim")), "n",
          "k", std::string(tr("result")),  std::string(tr("exp")),   Ink::kFaint};
}

Row RowOf(const Claim& claim, const Verdict& verdict, const Translator& tr) {
  const bool ratio = claim.quantifier == Quantifier::kRatio;
  const std::uint64_t n = ratio && verdict.ratio ? verdict.ratio->samples : verdict.counted;
  return {std::string(wording::Symbol(verdict.outcome)),
          std::string(NameOf(verdict.outcome)),
          text::OneLine(verdict.claim),
          wording::Count(n, tr),
          ratio ? "" : wording::Count(verdict.found, tr),
          wording::Result(claim, verdict, tr),
          std::string(verdict.as_expected == false  ? tr("NO")
                      : verdict.as_expected == true ? tr("yes")
                      : claim.expect                ? "?"
                                                    : "–"),
          InkOf(verdict.outcome)};
}

void Ledger(const RunReport& report, TerminalPage& page) {
  const Translator& tr = page.tr;
  std::vector<Row> rows{TitleRow(tr)};
  for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
    rows.push_back(RowOf(wording::ClaimOf(report, i), report.verdicts[i], tr));
  }
  std::size_t word = 0, n = 0, k = 0, result = 0, id = 0, expected = 0;
  for (const Row& row : rows) {
    word = std::max(word, text::DisplayWidth(row.word));
    n = std::max(n, text::DisplayWidth(row.n));
    k = std::max(k, text::DisplayWidth(row.k));
    if (!row.k.empty()) result = std::max(result, text::DisplayWidth(row.result));
    id = std::max(id, text::DisplayWidth(row.id));
    expected = std::max(expected, text::DisplayWidth(row.expected));
  }
  for (const Row& row : rows) {
    const std::size_t wide = text::DisplayWidth(row.result);
    if (row.k.empty() && wide > k + 1) result = std::max(result, wide - k - 1);
  }
  const std::size_t left = 1 + 1 + word + 1;
  const std::size_t numbers = 1 + n + 1 + k + 1 + result + 1 + expected;
  id = std::min(id, page.width() > left + numbers + 8 ? page.width() - left - numbers : 8);

  page.Heading(tr("Claims"));
  for (const Row& row : rows) {
    const std::string head =
        page.Paint(text::PadRight(row.symbol, 1) + " " + text::PadRight(row.word, word), row.ink) +
        " ";
    const std::string result_columns =
        row.k.empty() ? text::PadLeft(row.result, k + 1 + result)
                      : text::PadLeft(row.k, k) + " " + text::PadLeft(row.result, result);
    const std::string tail =
        " " + text::PadLeft(row.n, n) + " " + result_columns + " " + row.expected;
    if (text::DisplayWidth(row.id) <= id) {
      page.Line(head + text::PadRight(row.id, id) + tail);
      continue;
    }
    // An id is typed again by people: it is never cut, its numbers go to a line of their own.
    std::string lead = head;
    for (const std::string& line : text::Wrap(row.id, page.width() - left)) {
      page.Line(lead + line);
      lead.assign(left, ' ');
    }
    page.Line(std::string(left + id, ' ') + tail);
  }
  page.Text(
      tr("n: trials that count, over all cells. k: those that show what was looked for. result: "
         "the bound (≤) of the weakest cell, the trial that decided, or a ratio with its interval. "
         "exp: is this what the claim's file expects (?: that is not decided, –: it expects "
         "nothing)?"),
      2, Ink::kFaint);
}

void Cells(const RunReport& report, TerminalPage& page) {
  page.Heading(page.tr("Cells"));
  for (const Verdict& verdict : report.verdicts) {
    page.Text(text::OneLine(verdict.claim), 2, Ink::kStrong);
    for (const CellResult& cell : verdict.cells) page.Text(CellLine(cell, page.tr), 4);
  }
}

void Conditions(std::string_view label, const std::vector<Message>& conditions,
                TerminalPage& page) {
  for (const Message& condition : conditions) {
    page.Labelled(label, text::OneLine(page.tr(condition)));
    label = "";
  }
}

void WhereItDepends(const RunReport& report, TerminalPage& page) {
  bool first = true;
  for (const Verdict& verdict : report.verdicts) {
    if (verdict.outcome != Outcome::kConditional) continue;
    if (first) page.Heading(page.tr("Where it depends"));
    first = false;
    page.Text("◐ " + text::OneLine(verdict.claim), 0, Ink::kMixed);
    Conditions(page.tr("holds in"), verdict.holds_in, page);
    Conditions(page.tr("fails in"), verdict.fails_in, page);
  }
}

void Summary(const RunReport& report, TerminalPage& page) {
  const Translator& tr = page.tr;
  page.Heading(tr("Summary"));
  for (const auto& [reason, trials] : report.end.accounting.skipped_because) {
    page.Text(tr.FormatPlural("skipped {} trial: {}", "skipped {} trials: {}", trials,
                              wording::Count(trials, tr), text::OneLine(tr(reason))),
              2);
  }
  page.Text(tr.Format("bounds are exact, one-sided, at {}, each for this machine and its own claim",
                      wording::Percent(report.plan.confidence, tr)),
            2);
  page.Text(tr.Format("took {}; exit code {}: {}", wording::Took(report.end.took, tr),
                      report.exit_code, tr(wording::MeaningOfExit(report.exit_code))),
            2);
  page.Text(wording::OutcomeCounts(report, tr), 2, Ink::kStrong);
  page.Line(wording::AccountingLine(report.end.accounting));
}

// The worst first.
int RankOf(const Verdict& verdict) {
  if (verdict.as_expected == false) return 0;
  return verdict.control_failed || verdict.outcome == Outcome::kBroken ? 1 : 2;
}

}  // namespace

Document WriteTerminal(const RunReport& report, const WriteOptions& options) {
  TerminalPage page(options);
  Head(report, page);
  Notices(report, page);
  std::vector<std::size_t> urgent;
  for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
    if (wording::NeedsAttention(report.verdicts[i])) urgent.push_back(i);
  }
  std::ranges::stable_sort(urgent, {}, [&](std::size_t i) { return RankOf(report.verdicts[i]); });
  for (const std::size_t i : urgent) WriteAttention(report, i, options, page);
  Ledger(report, page);
  if (options.verbose) Cells(report, page);
  WhereItDepends(report, page);
  Summary(report, page);
  return page.Take();
}

}  // namespace bulkhead
