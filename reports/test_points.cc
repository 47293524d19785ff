#include "reports/test_points.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/model/names.h"
#include "harness/model/standing.h"
#include "reports/text.h"
#include "reports/timeline.h"
#include "reports/wording.h"

namespace bulkhead {
namespace {

constexpr std::size_t kMostEvents = 30;
constexpr std::size_t kMostLeaks = 20;

Mark MarkOf(Standing standing) {
  switch (standing) {
    case Standing::kUnexpected:
      return Mark::kFailed;
    case Standing::kUnfit:
    case Standing::kUndecided:
      return Mark::kError;
    case Standing::kSkipped:
      return Mark::kSkipped;
    case Standing::kFine:
      break;
  }
  return Mark::kOk;
}

std::string_view TypeOf(Standing standing, const Verdict& verdict) {
  switch (standing) {
    case Standing::kUnfit:
      return verdict.outcome == Outcome::kBroken ? "broken" : "control-failed";
    case Standing::kUnexpected:
      return "unexpected-verdict";
    case Standing::kUndecided:
      return verdict.outcome == Outcome::kInconclusive ? "inconclusive" : "unfinished";
    default:
      return "";
  }
}

void AddTrial(const RunReport& report, const Verdict& verdict, std::vector<std::string>& lines) {
  const Trial* trial = wording::DecisiveTrial(report, verdict);
  if (trial == nullptr) return;
  lines.push_back(fmt::format("{} ({}):", TrialLine(*trial), wording::PartOf(verdict, *trial)));
  const Timeline timeline = TimelineOf(*trial, Detail::kMain, kMostEvents);
  for (const TimelineRow& row : timeline.rows) {
    lines.push_back(
        fmt::format("  {:>10}  {:<12}  {:<10}  {}", row.when, row.unit, row.word_of, row.what));
  }
  if (timeline.left_out > 0) lines.push_back(fmt::format("  {} more events", timeline.left_out));
  for (const std::string& line : text::Lines(trial->output)) {
    if (!line.empty()) lines.push_back("  output: " + line);
  }
}

std::string Reason(const Verdict& verdict) {
  for (const CellResult& cell : verdict.cells) {
    if (!cell.reason.empty()) return text::OneLine(cell.reason.English());
  }
  return text::OneLine(verdict.sentence.English());
}

std::vector<std::string> DetailsOf(const RunReport& report, std::size_t index) {
  const Verdict& verdict = report.verdicts[index];
  const Claim& claim = wording::ClaimOf(report, index);
  std::vector<std::string> lines{"claim: " + text::OneLine(wording::ClaimText(claim, "en")),
                                 fmt::format("verdict: {}. {}", NameOf(verdict.outcome),
                                             text::OneLine(verdict.sentence.English()))};
  const std::string expectation = wording::Expectation(claim, verdict);
  if (!expectation.empty()) lines.push_back("expectation: " + expectation);
  lines.push_back(
      fmt::format("counted trials: {}, with the finding: {}", verdict.counted, verdict.found));
  for (const auto& cells : wording::AlikeCells(verdict)) {
    const CellResult& cell = *cells.front();
    if (cell.state == CellState::kHolds || cell.state == CellState::kNotApplicable) continue;
    lines.push_back(
        fmt::format("cell {}{}: {}, {}", text::OneLine(CellName(cell.cell)),
                    cells.size() > 1 ? fmt::format(" and {} like it", cells.size() - 1) : "",
                    NameOf(cell.state), text::OneLine(cell.reason.English())));
  }
  AddTrial(report, verdict, lines);
  lines.push_back("more: bulkhead explain " + text::OneLine(verdict.claim));
  return lines;
}

TestPoint CellPoint(const RunReport& report, std::size_t index, const CellResult& cell) {
  const Verdict& verdict = report.verdicts[index];
  const Standing standing = StandingOf(report, verdict, cell);
  TestPoint point;
  point.name = text::OneLine(CellName(cell.cell));
  point.mark = MarkOf(standing);
  point.type = cell.state == CellState::kBroken ? "broken" : TypeOf(standing, verdict);
  point.message = NameOf(cell.state);
  std::string_view mark = ": ";
  if (cell.counted > 0) {
    point.message += fmt::format(": {} of {} counted trials show it", cell.found, cell.counted);
    mark = "; ";
  }
  if (!cell.reason.empty())
    point.message += std::string(mark) + text::OneLine(cell.reason.English());
  if (!IsBad(point.mark)) return point;
  point.details = {"claim: " + text::OneLine(verdict.claim), point.message};
  for (const ControlTally* tally : {&cell.no_fault, &cell.positive}) {
    if (tally->passed < tally->run) point.details.push_back(wording::Controls(*tally));
  }
  if (const std::string why = wording::Expectation(wording::ClaimOf(report, index), verdict);
      !why.empty()) {
    point.details.push_back("expectation of the claim: " + why);
  }
  point.details.push_back("more: bulkhead explain " + text::OneLine(verdict.claim));
  return point;
}

TestPoint AccountingPoint(const RunReport& report) {
  const Accounting& account = report.end.accounting;
  TestPoint point;
  point.name = "accounting";
  point.message = wording::AccountingLine(account);
  const auto fail = [&](std::string_view type, std::string line) {
    point.mark = Mark::kError;
    if (point.type.empty()) point.type = type;
    point.details.push_back(std::move(line));
  };
  if (report.end.interrupted) fail("interrupted", "the run was interrupted");
  for (const BrokenCell& broken : report.broken) {
    fail("broken", text::OneLine(CellName(broken.key) + ": " + broken.why));
  }
  if (account.broken > 0) {
    fail("broken", fmt::format("{} trials could not be carried out", account.broken));
  }
  if (account.executed == 0) fail("nothing-ran", "no trial was executed");
  if (!report.complete) fail("cut-off", "the journal ends without its last record");
  for (const auto& [why, trials] : account.skipped_because) {
    point.details.push_back(fmt::format("skipped {}: {}", trials, text::OneLine(why)));
  }
  return point;
}

TestPoint ControlsPoint(const RunReport& report) {
  TestPoint point;
  point.name = "controls";
  point.message = "every control behaved as it must, where a verdict depends on it";
  for (const Verdict& verdict : report.verdicts) {
    if (!verdict.control_failed) continue;
    point.mark = Mark::kError;
    point.type = "control-failed";
    point.message = "a control failed: the observers may be blind";
    for (const auto arm : {&CellResult::no_fault, &CellResult::positive}) {
      const ControlTally sum = wording::SumOfControls(verdict, arm);
      if (sum.passed == sum.run) continue;
      point.details.push_back(text::OneLine(verdict.claim) + ": " + wording::Controls(sum));
    }
  }
  return point;
}

TestPoint LeaksPoint(const RunReport& report) {
  TestPoint point;
  point.name = "leaks";
  point.message = report.leaks.empty()
                      ? "nothing outlived its trials"
                      : fmt::format("left behind by trials, and cleaned up: {}",
                                    wording::Counted(report.leaks.size(), "thing"));
  for (const Leak& leak : report.leaks) {
    if (point.details.size() == kMostLeaks) {
      point.details.push_back(fmt::format("{} more", report.leaks.size() - kMostLeaks));
      break;
    }
    point.details.push_back(text::OneLine(CellName(leak.cell) + ": " + leak.what));
  }
  return point;
}

}  // namespace

std::vector<TestGroup> GroupsOf(const RunReport& report) {
  std::vector<TestGroup> groups;
  for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
    const std::string& id = report.verdicts[i].claim;
    const std::string name = text::OneLine(id.substr(0, id.find('.')));
    auto group = std::ranges::find(groups, name, &TestGroup::name);
    if (group == groups.end()) group = groups.insert(groups.end(), {name, {}});
    group->verdicts.push_back(i);
  }
  return groups;
}

TestPoint PointOf(const RunReport& report, std::size_t index) {
  const Verdict& verdict = report.verdicts[index];
  const Standing standing = StandingOf(report, verdict);
  TestPoint point;
  const std::size_t dot = verdict.claim.find('.');
  point.name = text::OneLine(
      dot == std::string::npos ? verdict.claim : std::string_view(verdict.claim).substr(dot + 1));
  point.mark = MarkOf(standing);
  point.type = TypeOf(standing, verdict);
  point.message = fmt::format(
      "{}: {}", NameOf(verdict.outcome),
      point.mark == Mark::kSkipped ? Reason(verdict) : text::OneLine(verdict.sentence.English()));
  if (IsBad(point.mark)) {
    point.details = DetailsOf(report, index);
  } else if (std::string why = wording::Expectation(wording::ClaimOf(report, index), verdict);
             !why.empty()) {
    point.details = {std::move(why)};
  }
  return point;
}

std::vector<TestPoint> CellPointsOf(const RunReport& report, std::size_t index) {
  std::vector<TestPoint> points;
  for (const CellResult& cell : report.verdicts[index].cells) {
    points.push_back(CellPoint(report, index, cell));
  }
  TestPoint whole = PointOf(report, index);
  const bool borne =
      std::ranges::any_of(points, [&](const TestPoint& point) { return point.mark == whole.mark; });
  if (points.empty() || (IsBad(whole.mark) && !borne)) {
    whole.name = "claim";
    points.push_back(std::move(whole));
  }
  return points;
}

std::vector<TestPoint> RunPointsOf(const RunReport& report) {
  return {AccountingPoint(report), ControlsPoint(report), LeaksPoint(report)};
}

Mark MarkOf(const std::vector<TestPoint>& points) {
  const auto any = [&](Mark mark) {
    return std::ranges::find(points, mark, &TestPoint::mark) != points.end();
  };
  for (const Mark mark : {Mark::kError, Mark::kFailed, Mark::kOk}) {
    if (any(mark)) return mark;
  }
  return Mark::kSkipped;
}

}  // namespace bulkhead
