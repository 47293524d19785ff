// `bulkhead judge RUN`: judges the stored evidence again, with no unit run, and tells whether the
// stored results follow from it.
//
// Runs in: anywhere.
#include <algorithm>
#include <memory>
#include <sstream>

#include "harness/cli/command.h"
#include "harness/cli/exit_code.h"
#include "harness/cli/records.h"
#include "harness/cli/stored_run.h"
#include "harness/model/json.h"
#include "reports/text.h"
#include "reports/wording.h"

namespace bulkhead {
namespace {

std::string_view Trimmed(std::string_view line) {
  const std::size_t start = line.find_first_not_of(' ');
  return start == std::string_view::npos ? line : line.substr(start);
}

// Where two documents first differ, empty if nowhere.
std::string FirstDifference(const std::string& stored, const std::string& now) {
  std::istringstream left(stored), right(now);
  std::string a, b;
  for (int line = 1;; ++line) {
    const bool more_left = static_cast<bool>(std::getline(left, a));
    const bool more_right = static_cast<bool>(std::getline(right, b));
    if (!more_left && !more_right) return "";
    if (more_left && more_right && a == b) continue;
    std::ostringstream text;
    text << "line " << line << " is " << (more_left ? Trimmed(a) : "missing")
         << ", the evidence says " << (more_right ? Trimmed(b) : "nothing there");
    return text.str();
  }
}

void ShowVerdicts(const RunReport& report, const Stream& out) {
  std::size_t id_width = 0;
  for (const Verdict& verdict : report.verdicts) {
    id_width = std::max(id_width, text::DisplayWidth(verdict.claim));
  }
  for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
    const Claim& claim = wording::ClaimOf(report, i);
    const Verdict& verdict = report.verdicts[i];
    out.Line(out.terminal ? VerdictLine(claim, verdict, id_width, out)
                          : VerdictRecord(claim, verdict));
  }
  out.Line(out.terminal ? wording::OutcomeCounts(report) : SummaryRecord(report));
  out.Line(wording::AccountingLine(report.end.accounting));
}

Expected<int> JudgeAgain(const std::string& run, const Context& context) {
  const auto stored = ReadStoredRun(run);
  if (!stored) return tl::make_unexpected(stored.error());
  const RunReport& report = stored->report;
  const Stream& err = context.console.err;
  ShowVerdicts(report, context.console.out);
  if (stored->torn) {
    err.Line("note: the journal was cut off after " + std::to_string(stored->records) +
             " records; these are the verdicts of what is there");
  }
  if (!stored->results) {
    err.Line("note: no results.json lies beside the journal; nothing to compare with");
    return report.exit_code;
  }
  const std::string difference = FirstDifference(*stored->results, EncodeResults(report));
  if (difference.empty()) return report.exit_code;
  err.Line("the stored results.json differs from what its journal shows: " + difference);
  const bool fine = report.exit_code == kAsExpected || report.exit_code == kOpen;
  return fine ? kUnexpected : report.exit_code;
}

}  // namespace

Action AddJudge(CLI::App& app) {
  auto run = std::make_shared<std::string>();
  app.add_option("run", *run, "run directory, journal file, name of a run, or latest")
      ->type_name("RUN");
  app.footer("Exits as the run itself did; with 1 when results.json differs from the verdicts.");
  return [run](const Context& context) { return JudgeAgain(*run, context); };
}

}  // namespace bulkhead
