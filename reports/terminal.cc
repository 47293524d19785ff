// The report that `run` prints at its end and `report RUN` shows again: what needs attention, then
// the ledger, then the accounting, so that the numbers are what remains on the screen.
//
// Layout is done in columns of text first; colour is added to finished pieces, so that it never
// moves anything.  Every line but the last is kept within the asked width.
//
// Runs in: anywhere.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "harness/model/names.h"
#include "reports/text.h"
#include "reports/timeline.h"
#include "reports/wording.h"
#include "reports/writer.h"

namespace bulkhead {
namespace {

constexpr std::size_t kLeast = 60;       // columns
constexpr std::size_t kLabel = 12;       // columns before the text of a labelled line
constexpr std::size_t kMostEvents = 14;  // of a decisive trial
constexpr std::size_t kMostCells = 5;    // of a claim that needs attention
constexpr std::size_t kMostNotices = 8;  // leaks, broken plugins

enum class Ink { kPlain, kStrong, kFaint, kGood, kBad, kOpen, kMixed };

Ink InkOf(Outcome outcome) {
  switch (outcome) {
    case Outcome::kSupported:
      return Ink::kGood;
    case Outcome::kRefuted:
      return Ink::kBad;
    case Outcome::kConditional:
      return Ink::kMixed;
    case Outcome::kInconclusive:
      return Ink::kOpen;
    case Outcome::kNotApplicable:
      return Ink::kFaint;
    case Outcome::kBroken:
      return Ink::kBad;
  }
  return Ink::kPlain;
}

class Page {
 public:
  explicit Page(const WriteOptions& options)
      : width_(std::max<std::size_t>(kLeast, options.width > 0 ? options.width : 0)),
        color_(options.color) {}

  std::size_t width() const { return width_; }
  std::string Take() { return std::move(out_); }

  // One finished line; `plain` is already narrow enough.
  void Line(std::string_view plain = "") { out_.append(plain) += '\n'; }

  std::string Paint(std::string_view plain, Ink ink) const {
    if (!color_ || ink == Ink::kPlain || plain.empty()) return std::string(plain);
    static constexpr std::string_view kCodes[] = {"", "1", "2", "36", "1;31", "33", "35"};
    return fmt::format("\x1b[{}m{}\x1b[0m", kCodes[static_cast<std::size_t>(ink)], plain);
  }

  void Text(std::string_view text, std::size_t indent, Ink ink = Ink::kPlain) {
    for (const std::string& line : text::Wrap(text, width_ - indent)) {
      Line(std::string(indent, ' ') + Paint(line, ink));
    }
  }

  // "   label    text", following lines under the text.  An empty label continues the one above.
  void Labelled(std::string_view label, std::string_view text) {
    bool first = true;
    for (const std::string& line : text::Wrap(text, width_ - kLabel)) {
      const std::string head = text::PadRight(first ? fmt::format("  {}", label) : "", kLabel);
      Line(Paint(head, Ink::kFaint) + line);
      first = false;
    }
  }

  void Heading(std::string_view title) {
    Line();
    Line(Paint(text::Clip(title, width_), Ink::kStrong));
  }

  // "── title ─────" over the whole width; `ink` colours the title.
  void Rule(std::string_view title, Ink ink) {
    const std::string shown = text::Clip(title, width_ - 6);
    std::string rest;
    for (std::size_t i = text::DisplayWidth(shown) + 4; i < width_; ++i) rest += "─";
    Line();
    Line("── " + Paint(shown, ink) + " " + rest);
  }

 private:
  std::size_t width_;
  bool color_;
  std::string out_;
};

void Head(const RunReport& report, Page& page) {
  const RunPlan& plan = report.plan;
  std::string line = fmt::format("bulkhead {} · run {}", text::OneLine(plan.tool_version),
                                 text::OneLine(plan.run_id));
  for (const std::string_view key : {"kernel.release", "cpu.model"}) {
    const std::string_view value = wording::EnvelopeValue(plan.envelope, key);
    if (!value.empty()) line += " · " + text::OneLine(value);
  }
  page.Text(line, 0, Ink::kFaint);
  page.Text(fmt::format("seed {}", wording::Hex(plan.seed)), 0, Ink::kFaint);
}

void Notices(const RunReport& report, Page& page) {
  if (!report.plan.blind.empty()) {
    page.Rule("! BLINDED ON PURPOSE", Ink::kBad);
    page.Text(wording::BlindNotice(report.plan), 2, Ink::kStrong);
  }
  if (report.end.interrupted) {
    page.Rule("! INTERRUPTED", Ink::kOpen);
    page.Text("The run was interrupted. What was finished is judged; the rest counts as skipped.",
              2);
  } else if (!report.complete) {
    page.Rule("! CUT OFF", Ink::kOpen);
    page.Text(
        "The journal ends without its last record: the run was killed. What it holds is "
        "judged.",
        2);
  }
  const auto list = [&](std::string_view title, Ink ink, const auto& things, const auto& say) {
    if (!things.empty()) page.Rule(title, ink);
    for (std::size_t i = 0; i < things.size() && i < kMostNotices; ++i)
      page.Text(say(things[i]), 2);
    if (things.size() > kMostNotices) {
      page.Text(fmt::format("and {} more", things.size() - kMostNotices), 2);
    }
  };
  list("! BROKEN cells", Ink::kBad, report.broken, [](const BrokenCell& broken) {
    return fmt::format("{}: {}", text::OneLine(CellName(broken.key)), text::OneLine(broken.why));
  });
  list("! LEAKS: left behind by a trial, then cleaned up", Ink::kOpen, report.leaks,
       [](const Leak& leak) {
         return fmt::format("{}, block {}: {}", text::OneLine(CellName(leak.cell)), leak.block,
                            text::OneLine(leak.what));
       });
}

void Evidence(const Trial& trial, std::string_view part, Page& page) {
  page.Labelled("evidence", fmt::format("{} ({})", TrialLine(trial), part));
  if (!trial.trouble.empty()) page.Labelled("", "trouble: " + text::OneLine(trial.trouble));
  const Timeline timeline = TimelineOf(trial, Detail::kMain, kMostEvents);
  std::size_t when = 0, unit = 0;
  for (const TimelineRow& row : timeline.rows) {
    when = std::max(when, text::DisplayWidth(row.when));
    unit = std::max(unit, text::DisplayWidth(row.unit));
  }
  const std::size_t indent = kLabel + when + 2 + unit + 2;
  for (const TimelineRow& row : timeline.rows) {
    std::string head = std::string(kLabel, ' ') + text::PadLeft(row.when, when) + "  " +
                       text::PadRight(row.unit, unit) + "  ";
    for (const std::string& line :
         text::Wrap(fmt::format("{} [{}]", row.what, row.word_of), page.width() - indent)) {
      page.Line(head + line);
      head.assign(indent, ' ');
    }
  }
  if (timeline.left_out > 0) {
    page.Labelled("", wording::Counted(timeline.left_out, "more event") + " not shown");
  }
  if (!timeline.rows.empty()) {
    page.Labelled("", "(time since the victim was told to act; in brackets: whose word it is)");
  }
}

std::string CellLine(const CellResult& cell) {
  std::string line =
      fmt::format("{} {} {}: found in {} of {}", wording::Symbol(cell.state), NameOf(cell.state),
                  text::OneLine(CellName(cell.cell)), wording::Count(cell.found),
                  wording::Counted(cell.counted, "counted trial"));
  if (cell.counted > 0) line += fmt::format(" ({})", wording::Rate(cell));
  if (cell.replays > 0) line += ", " + wording::Replayed(cell);
  if (cell.void_trials > 0) line += fmt::format(", {} void", wording::Count(cell.void_trials));
  if (cell.troubled > 0) line += fmt::format(", {} spoilt", wording::Count(cell.troubled));
  if (cell.stopped_early) line += ", stopped early";
  // "found in 20 of 20 trials" stands at the line's head already.
  const bool said = cell.reason.English().starts_with("found in ");
  if (!cell.reason.empty() && !said) line += ": " + text::OneLine(cell.reason.English());
  return line;
}

std::string Alike(const std::vector<const CellResult*>& cells) {
  return fmt::format("{} {}, all {}, first {}: {}", wording::Symbol(cells[0]->state),
                     wording::Counted(cells.size(), "cell"), NameOf(cells[0]->state),
                     text::OneLine(CellName(cells[0]->cell)),
                     text::OneLine(cells[0]->reason.English()));
}

// The cells that need words; those of one reason share a line.
void OpenCells(const Verdict& verdict, Page& page) {
  const char* label = "cells";
  std::size_t shown = 0, left = 0;
  for (const std::vector<const CellResult*>& group : wording::AlikeCells(verdict)) {
    const CellResult& first = *group[0];
    if (first.state == CellState::kHolds) continue;
    // Counts of findings differ from cell to cell: they are said of each.
    const bool one_by_one = group.size() == 1 || first.state == CellState::kViolated;
    const std::size_t lines = one_by_one ? group.size() : 1;
    const std::size_t fit = std::min(lines, kMostCells - shown);
    shown += fit;
    if (fit < lines) left += group.size() - (one_by_one ? fit : 0);
    for (std::size_t i = 0; i < fit; ++i) {
      page.Labelled(std::exchange(label, ""), one_by_one ? CellLine(*group[i]) : Alike(group));
    }
  }
  if (left > 0) page.Labelled("", fmt::format("and {}", wording::Counted(left, "more cell")));
}

void Attention(const RunReport& report, std::size_t index, const WriteOptions& options,
               Page& page) {
  const Verdict& verdict = report.verdicts[index];
  const Claim& claim = wording::ClaimOf(report, index);
  const std::string id = text::OneLine(verdict.claim);
  std::string title = fmt::format("{} {}  {}", wording::Symbol(verdict.outcome),
                                  wording::Word(verdict.outcome), id);
  if (verdict.as_expected == false) title += "  (not as expected)";
  page.Rule(title, InkOf(verdict.outcome));
  std::string language;
  const std::string text = wording::ClaimText(claim, options.language, &language);
  page.Labelled("claim", fmt::format("\"{}\"{}", text,
                                     language.empty() || language == options.language
                                         ? ""
                                         : " (" + text::OneLine(language) + ")"));
  const char* label = "source";
  for (const Source& source : claim.sources) {
    page.Labelled(label, wording::SourceLine(source));
    label = "";
  }
  page.Labelled("why", text::OneLine(wording::Why(verdict)));
  if (verdict.as_expected != true && claim.expect) {
    page.Labelled("expected", fmt::format("{}{}, says {}:{}", NameOf(*claim.expect),
                                          verdict.as_expected ? "" : ", not decided",
                                          text::OneLine(claim.file), claim.line));
  }
  OpenCells(verdict, page);
  if (const Trial* trial = wording::DecisiveTrial(report, verdict)) {
    Evidence(*trial, wording::PartOf(verdict, *trial), page);
  }
  page.Labelled("controls", "no fault: " + wording::Controls(wording::SumOfControls(
                                               verdict, &CellResult::no_fault)));
  page.Labelled(
      "", "positive: " + wording::Controls(wording::SumOfControls(verdict, &CellResult::positive)));
  page.Labelled("next", "bulkhead explain " + id);
  if (verdict.outcome == Outcome::kInconclusive || verdict.outcome == Outcome::kBroken ||
      verdict.control_failed) {
    page.Labelled("", "bulkhead doctor");
  }
}

// The columns of one ledger row.  `result` may run into the column of k (ratios have none).
struct Row {
  std::string symbol, word, id, n, k, result, expected;
  Ink ink = Ink::kPlain;
};

Row RowOf(const Claim& claim, const Verdict& verdict) {
  const bool ratio = claim.quantifier == Quantifier::kRatio;
  return {std::string(wording::Symbol(verdict.outcome)),
          std::string(NameOf(verdict.outcome)),
          text::OneLine(verdict.claim),
          wording::Count(ratio && verdict.ratio ? verdict.ratio->samples : verdict.counted),
          ratio ? "" : wording::Count(verdict.found),
          wording::Result(claim, verdict),
          verdict.as_expected == false  ? "NO"
          : verdict.as_expected == true ? "yes"
          : claim.expect                ? "?"
                                        : "–",
          InkOf(verdict.outcome)};
}

void Ledger(const RunReport& report, const WriteOptions& options, Page& page) {
  std::vector<Row> rows{{"", "verdict", "claim", "n", "k", "result", "exp", Ink::kFaint}};
  for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
    rows.push_back(RowOf(wording::ClaimOf(report, i), report.verdicts[i]));
  }
  std::size_t word = 0, n = 0, k = 0, result = 0, id = 0;
  for (const Row& row : rows) {
    word = std::max(word, text::DisplayWidth(row.word));
    n = std::max(n, text::DisplayWidth(row.n));
    k = std::max(k, text::DisplayWidth(row.k));
    if (!row.k.empty()) result = std::max(result, text::DisplayWidth(row.result));
    id = std::max(id, text::DisplayWidth(row.id));
  }
  for (const Row& row : rows) {
    const std::size_t wide = text::DisplayWidth(row.result);
    if (row.k.empty() && wide > k + 1) result = std::max(result, wide - k - 1);
  }
  const std::size_t left = 1 + 1 + word + 1;
  const std::size_t numbers = 1 + n + 1 + k + 1 + result + 1 + 3;
  id = std::min(id, page.width() > left + numbers + 8 ? page.width() - left - numbers : 8);

  page.Heading("Claims");
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
      "n: trials that count, over all cells. k: those that show what was looked for. result: the "
      "bound (≤) of the weakest cell, the trial that decided, or a ratio with its interval. exp: "
      "is this what the claim's file expects (?: that is not decided, –: it expects nothing)?",
      2, Ink::kFaint);
  if (!options.verbose) return;
  page.Heading("Cells");
  for (const Verdict& verdict : report.verdicts) {
    page.Text(text::OneLine(verdict.claim), 2, Ink::kStrong);
    for (const CellResult& cell : verdict.cells) page.Text(CellLine(cell), 4);
  }
}

void List(const char* label, const std::vector<Message>& conditions, Page& page) {
  for (const Message& condition : conditions) {
    page.Labelled(label, text::OneLine(condition.English()));
    label = "";
  }
}

void Conditions(const RunReport& report, Page& page) {
  bool first = true;
  for (const Verdict& verdict : report.verdicts) {
    if (verdict.outcome != Outcome::kConditional) continue;
    if (first) page.Heading("Where it depends");
    first = false;
    page.Text("◐ " + text::OneLine(verdict.claim), 0, Ink::kMixed);
    List("holds in", verdict.holds_in, page);
    List("fails in", verdict.fails_in, page);
  }
}

void Summary(const RunReport& report, Page& page) {
  page.Heading("Summary");
  for (const auto& [reason, trials] : report.end.accounting.skipped_because) {
    page.Text(
        fmt::format("skipped {}: {}", wording::Counted(trials, "trial"), text::OneLine(reason)), 2);
  }
  page.Text(fmt::format("bounds are exact, one-sided, at {}, each for this machine and its own "
                        "claim",
                        wording::Percent(report.plan.confidence)),
            2);
  page.Text(fmt::format("took {}; exit code {}: {}", wording::Took(report.end.took),
                        report.exit_code, wording::MeaningOfExit(report.exit_code)),
            2);
  page.Text(wording::OutcomeCounts(report), 2, Ink::kStrong);
  page.Line(wording::AccountingLine(report.end.accounting));
}

}  // namespace

Document WriteTerminal(const RunReport& report, const WriteOptions& options) {
  Page page(options);
  Head(report, page);
  Notices(report, page);
  // The worst first.
  for (int rank = 0; rank < 3; ++rank) {
    for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
      const Verdict& verdict = report.verdicts[i];
      if (!wording::NeedsAttention(verdict)) continue;
      const int own = verdict.as_expected == false                                    ? 0
                      : verdict.control_failed || verdict.outcome == Outcome::kBroken ? 1
                                                                                      : 2;
      if (own == rank) Attention(report, i, options, page);
    }
  }
  Ledger(report, options, page);
  Conditions(report, page);
  Summary(report, page);
  return page.Take();
}

}  // namespace bulkhead
