// The terminal page's part about one claim that needs attention: what it says, why the verdict is
// what it is, the trial that decided, the controls, and what to type next.
//
// Runs in: anywhere.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "harness/model/names.h"
#include "reports/next_steps.h"
#include "reports/terminal_page.h"
#include "reports/text.h"
#include "reports/timeline.h"
#include "reports/wording.h"

namespace bulkhead {
namespace {

constexpr std::size_t kMostEvents = 14;  // of a decisive trial
constexpr std::size_t kMostCells = 5;

void Evidence(const Trial& trial, std::string_view part, TerminalPage& page) {
  const Translator& tr = page.tr;
  page.Labelled(tr("evidence"), fmt::format("{} ({})", TrialLine(trial, tr), part));
  if (!trial.trouble.empty()) {
    page.Labelled("", tr.Format("trouble: {}", text::OneLine(trial.trouble)));
  }
  const Timeline timeline = TimelineOf(trial, Detail::kMain, kMostEvents, tr);
  std::size_t when = 0, unit = 0;
  for (const TimelineRow& row : timeline.rows) {
    when = std::max(when, text::DisplayWidth(row.when));
    unit = std::max(unit, text::DisplayWidth(row.unit));
  }
  const std::size_t indent = page.label_width() + when + 2 + unit + 2;
  for (const TimelineRow& row : timeline.rows) {
    std::string head = std::string(page.label_width(), ' ') + text::PadLeft(row.when, when) + "  " +
                       text::PadRight(row.unit, unit) + "  ";
    for (const std::string& line :
         text::Wrap(fmt::format("{} [{}]", row.what, row.word_of), page.width() - indent)) {
      page.Line(head + line);
      head.assign(indent, ' ');
    }
  }
  if (timeline.left_out > 0) {
    page.Labelled("", tr.FormatPlural("{} more event not shown", "{} more events not shown",
                                      timeline.left_out, wording::Count(timeline.left_out, tr)));
  }
  if (!timeline.rows.empty()) {
    page.Labelled("", tr("(time since the victim was told to act; in brackets: whose word it is)"));
  }
}

std::string Alike(const std::vector<const CellResult*>& cells, const Translator& tr) {
  const CellResult& first = *cells[0];
  return fmt::format(
      "{} {}", wording::Symbol(first.state),
      tr.FormatPlural("{} cell, all {}, first {}: {}", "{} cells, all {}, first {}: {}",
                      cells.size(), wording::Count(cells.size(), tr), NameOf(first.state),
                      text::OneLine(CellName(first.cell)), text::OneLine(tr(first.reason))));
}

// The cells that need words; those of one reason share a line.
void OpenCells(const Verdict& verdict, TerminalPage& page) {
  const Translator& tr = page.tr;
  std::string_view label = tr("cells");
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
      page.Labelled(std::exchange(label, ""),
                    one_by_one ? CellLine(*group[i], tr) : Alike(group, tr));
    }
  }
  if (left > 0) {
    page.Labelled("", tr.FormatPlural("and {} more cell", "and {} more cells", left,
                                      wording::Count(left, tr)));
  }
}

void Expectation(const Claim& claim, const Verdict& verdict, TerminalPage& page) {
  if (verdict.as_expected == true || !claim.expect) return;
  const std::string where = fmt::format("{}:{}", text::OneLine(claim.file), claim.line);
  page.Labelled(page.tr("expected"),
                verdict.as_expected
                    ? page.tr.Format("{}, says {}", NameOf(*claim.expect), where)
                    : page.tr.Format("{}, not decided, says {}", NameOf(*claim.expect), where));
}

}  // namespace

std::string CellLine(const CellResult& cell, const Translator& tr) {
  std::string line = fmt::format(
      "{} {}", wording::Symbol(cell.state),
      tr.FormatPlural("{} {}: found in {} of {} counted trial",
                      "{} {}: found in {} of {} counted trials", cell.counted, NameOf(cell.state),
                      text::OneLine(CellName(cell.cell)), wording::Count(cell.found, tr),
                      wording::Count(cell.counted, tr)));
  if (cell.counted > 0) line += fmt::format(" ({})", wording::Rate(cell, tr));
  if (cell.replays > 0) line += ", " + wording::Replayed(cell, tr);
  if (cell.void_trials > 0) {
    line += ", " + tr.Format("{} void", wording::Count(cell.void_trials, tr));
  }
  if (cell.troubled > 0) line += ", " + tr.Format("{} spoilt", wording::Count(cell.troubled, tr));
  if (cell.stopped_early) line.append(", ").append(tr("stopped early"));
  // "found in 20 of 20 trials" stands at the line's head already.
  const bool said = cell.reason.English().starts_with("found in ");
  if (!cell.reason.empty() && !said) line += ": " + text::OneLine(tr(cell.reason));
  return line;
}

void WriteAttention(const RunReport& report, std::size_t index, const WriteOptions& options,
                    TerminalPage& page) {
  const Translator& tr = page.tr;
  const Verdict& verdict = report.verdicts[index];
  const Claim& claim = wording::ClaimOf(report, index);
  std::string title = fmt::format("{} {}  {}", wording::Symbol(verdict.outcome),
                                  wording::Word(verdict.outcome), text::OneLine(verdict.claim));
  if (verdict.as_expected == false) title.append("  ").append(tr("(not as expected)"));
  page.Rule(title, InkOf(verdict.outcome));
  std::string language;
  const std::string text = wording::ClaimText(claim, options.language, &language);
  page.Labelled(tr("claim"), fmt::format("\"{}\"{}", text,
                                         language.empty() || language == options.language
                                             ? ""
                                             : " (" + text::OneLine(language) + ")"));
  std::string_view label = tr("source");
  for (const Source& source : claim.sources) {
    page.Labelled(std::exchange(label, ""), wording::SourceLine(source, tr));
  }
  page.Labelled(tr("why"), text::OneLine(wording::Why(verdict, tr)));
  Expectation(claim, verdict, page);
  OpenCells(verdict, page);
  if (const Trial* trial = wording::DecisiveTrial(report, verdict)) {
    Evidence(*trial, wording::PartOf(verdict, *trial, tr), page);
  }
  const auto controls = [&](ControlTally CellResult::*arm) {
    return wording::Controls(wording::SumOfControls(verdict, arm), tr);
  };
  page.Labelled(tr("controls"), tr.Format("no fault: {}", controls(&CellResult::no_fault)));
  page.Labelled("", tr.Format("positive: {}", controls(&CellResult::positive)));
  label = tr("next");
  for (const std::string& step : NextSteps(report, index)) {
    page.Command(std::exchange(label, ""), step);
  }
}

}  // namespace bulkhead
