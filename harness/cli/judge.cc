// `bulkhead judge RUN`: judges the stored evidence again, with no unit run, and tells whether the
// stored results follow from it.
//
// Runs in: anywhere.
#include <algorithm>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "harness/cli/command.h"
#include "harness/cli/exit_code.h"
#include "harness/cli/records.h"
#include "harness/cli/run_lines.h"
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

struct Line {
  int number = 0;
  std::string text;
};

std::vector<Line> LinesOf(const std::string& document) {
  std::vector<Line> lines;
  std::istringstream in(document);
  for (std::string line; std::getline(in, line);) {
    if (line.ends_with(',')) line.pop_back();  // says only that something follows
    lines.push_back({static_cast<int>(lines.size()) + 1, line});
  }
  return lines;
}

// The lines of the list of verdicts: the document is our own, two-space indented.
std::vector<Line> VerdictsOf(const std::vector<Line>& document) {
  const auto begin = std::ranges::find(document, "  \"verdicts\": [", &Line::text);
  return {begin,
          std::find_if(begin, document.end(), [](const Line& line) { return line.text == "  ]"; })};
}

// Where two documents first differ, empty if nowhere.
std::string FirstDifference(const std::vector<Line>& stored, const std::vector<Line>& now) {
  std::string claim;
  for (std::size_t i = 0; i < std::max(stored.size(), now.size()); ++i) {
    const bool more_left = i < stored.size(), more_right = i < now.size();
    if (more_left && more_right && stored[i].text == now[i].text) {
      const std::string_view line = Trimmed(stored[i].text);
      if (line.starts_with("\"claim\": ")) claim = line.substr(9);
      continue;
    }
    std::ostringstream text;
    if (more_left) text << "line " << stored[i].number;
    if (!more_left) text << "its end";
    if (!claim.empty()) text << " (claim " << claim << ")";
    text << " is " << (more_left ? Trimmed(stored[i].text) : "missing") << ", the evidence says "
         << (more_right ? Trimmed(now[i].text) : "nothing there");
    return text::OneLine(text.str());
  }
  return "";
}

// Of a run that was cut off, the end of the journal is lost: only the verdicts can be compared.
std::string Difference(const StoredRun& stored) {
  const std::vector<Line> left = LinesOf(*stored.results);
  const std::vector<Line> right = LinesOf(EncodeResults(stored.report));
  if (stored.report.complete) return FirstDifference(left, right);
  return FirstDifference(VerdictsOf(left), VerdictsOf(right));
}

void WriteWrapped(std::string_view what, std::size_t indent, const Stream& out) {
  const auto width = static_cast<std::size_t>(std::max(out.Width(), 40));
  for (const std::string& line : text::Wrap(text::OneLine(what), width - indent)) {
    out.Line(std::string(indent, ' ') + line);
  }
}

void ShowVerdicts(const RunReport& report, const Stream& out) {
  if (out.terminal) out.Line("run " + text::OneLine(report.plan.run_id));
  std::size_t id_width = 0;
  for (const Verdict& verdict : report.verdicts) {
    id_width = std::max(id_width, text::DisplayWidth(verdict.claim));
  }
  for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
    const Claim& claim = wording::ClaimOf(report, i);
    const Verdict& verdict = report.verdicts[i];
    if (out.terminal) {
      const Face face{static_cast<std::size_t>(out.Width()), &out, Translator()};
      for (const std::string& line : VerdictLines(claim, verdict, id_width, face)) out.Line(line);
    } else {
      out.Line(VerdictRecord(claim, verdict));
    }
    if (out.terminal && verdict.outcome == Outcome::kInconclusive) {
      WriteWrapped(verdict.sentence.English(), 4, out);
    }
  }
  if (!out.terminal) {
    out.Line(SummaryRecord(report));
  } else {
    WriteWrapped(wording::OutcomeCounts(report), 0, out);
    WriteWrapped("exit code " + std::to_string(report.exit_code) + ": " +
                     std::string(wording::MeaningOfExit(report.exit_code)),
                 0, out);
  }
  out.Line(wording::AccountingLine(report.end.accounting));
}

Expected<int> JudgeAgain(const std::string& run, const Context& context) {
  const auto stored = ReadStoredRun(run);
  if (!stored) return tl::make_unexpected(stored.error());
  const RunReport& report = stored->report;
  const Stream& err = context.console.err;
  ShowVerdicts(report, context.console.out);
  if (!report.plan.blind.empty()) err.Line("note: " + wording::BlindNotice(report.plan));
  if (stored->torn) {
    err.Line("note: the journal was cut off after " + std::to_string(stored->records) +
             " records; these are the verdicts of what is there");
  }
  if (!stored->results) {
    err.Line("note: no results.json lies beside the journal; nothing to compare with");
    return report.exit_code;
  }
  const std::string difference = Difference(*stored);
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
