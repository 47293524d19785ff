#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/model/names.h"
#include "reports/wording.h"
#include "reports/writer.h"
#include "tests/reports/sample_report.h"

namespace bulkhead {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

std::size_t Occurrences(const std::string& text, const std::string& what) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += what.size()) {
    ++count;
  }
  return count;
}

TEST(Markdown, EveryClaimHasItsSection) {
  const RunReport report = sample::Sample();
  const std::string text = WriteMarkdown(report, {}).text;
  for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
    const Verdict& verdict = report.verdicts[i];
    const std::string anchor = std::to_string(i + 1);
    EXPECT_THAT(text, HasSubstr("(#claim-" + anchor + ")"));
    EXPECT_THAT(text, HasSubstr("<a id=\"claim-" + anchor + "\"></a>"));
    EXPECT_THAT(text, HasSubstr("### " + std::string(wording::Symbol(verdict.outcome)) + " " +
                                std::string(NameOf(verdict.outcome)) + ": " + verdict.claim));
  }
}

TEST(Markdown, ForeignTextCannotBecomeMarkup) {
  const std::string text = WriteMarkdown(sample::Sample(), {}).text;
  EXPECT_THAT(text, Not(HasSubstr("</script>")));
  EXPECT_THAT(text, Not(HasSubstr("<b>")));
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  EXPECT_THAT(text, Not(HasSubstr("| `tick`  ")));
  EXPECT_THAT(text, HasSubstr("\\| \\`tick\\` &lt;b&gt;bold&lt;/b&gt; &lt;/script&gt; \\[x\\](y)"));
}

// Unescaped bars would move the columns.
TEST(Markdown, EveryRowOfATableHasAsManyCellsAsItsHead) {
  const std::string text = WriteMarkdown(sample::Sample(), {}).text;
  std::size_t columns = 0;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    const std::string line = text.substr(from, end - from);
    from = end + 1;
    if (!line.starts_with('|')) {
      columns = 0;
      continue;
    }
    const std::size_t bars = Occurrences(line, "|") - Occurrences(line, "\\|");
    if (columns == 0) columns = bars;
    EXPECT_EQ(bars, columns) << line;
  }
}

TEST(Markdown, HostsAndPeopleAreNotNamed) {
  const std::string text = WriteMarkdown(sample::Sample(), {}).text;
  EXPECT_THAT(text, Not(HasSubstr("alice")));
  EXPECT_THAT(text, Not(HasSubstr("buildhost7")));
  EXPECT_THAT(text, HasSubstr("6.1.0-44-amd64"));
}

TEST(Markdown, TheOriginalTextIsMarked) {
  EXPECT_THAT(WriteMarkdown(sample::Sample(), {}).text,
              HasSubstr("- id (original): Jika satu proses"));
}

TEST(Markdown, TheAccountingIsLast) {
  const RunReport report = sample::Sample();
  EXPECT_THAT(WriteMarkdown(report, {}).text,
              EndsWith(wording::AccountingLine(report.end.accounting) + "\n"));
}

TEST(Markdown, TheMatrixCountsTrialsWithoutTheFinding) {
  const std::string text = WriteMarkdown(sample::Sample(), {}).text;
  EXPECT_THAT(text, HasSubstr("| fault | thread | fork | exec | pidns |"));
  EXPECT_THAT(text, HasSubstr("| `null-store` | ✘ 0/20 s | ✔ 299/299 |  | – |"));
}

RunReport Large(std::size_t claims, std::size_t cells, std::size_t events) {
  RunReport report = sample::Sample();
  const Claim claim = report.plan.claims[2];
  const Verdict verdict = report.verdicts[2];
  report.plan.claims.clear();
  report.verdicts.clear();
  report.decisive.clear();
  for (std::size_t i = 0; i < claims; ++i) {
    report.plan.claims.push_back(claim);
    report.plan.claims.back().id += "-" + std::to_string(i);
    report.verdicts.push_back(verdict);
    Verdict& own = report.verdicts.back();
    own.claim = report.plan.claims.back().id;
    own.witness = 1000 + i;
    own.sentence = sample::kHostile + std::string(5000, '<');
    while (own.cells.size() < cells) own.cells.push_back(own.cells.front());
    Trial trial = sample::CrashTrial(1000 + i, own.cells[0].cell, true);
    while (trial.observations.size() < events) trial.observations.push_back({0, 1, Challenged{}});
    report.decisive[1000 + i] = trial;
  }
  return report;
}

TEST(Markdown, ShowsAtMostTwentyTrialsOfFortyEventsAndSaysSo) {
  const std::string text = WriteMarkdown(Large(25, 2, 60), {}).text;
  EXPECT_EQ(Occurrences(text, "Showing 40 of 60 events."), 20u);
  EXPECT_EQ(Occurrences(text, "not shown, this document holds 20 such trials"), 5u);
  EXPECT_THAT(text, HasSubstr("20 decisive trials are shown; 5 are not."));
}

TEST(Markdown, StaysBelowTheLimitOfAStepSummary) {
  for (const RunReport& report : {Large(300, 300, 60), Large(3000, 3, 60)}) {
    const std::string text = WriteMarkdown(report, {}).text;
    EXPECT_LT(text.size(), 1'000'000u);
    EXPECT_THAT(text, HasSubstr("This document is kept small"));
    EXPECT_THAT(text, HasSubstr("\n## Glossary\n"));
  }
}

TEST(Markdown, TheMatrixTrustsNoCellWhoseControlsFailed) {
  RunReport report = sample::Sample();
  EXPECT_THAT(WriteMarkdown(report, {}).text, HasSubstr("| `wild-store` |  | ? 299/299 m |"));
}

TEST(Markdown, TheMatrixHasEveryCellThatRan) {
  RunReport report = sample::Sample();
  Verdict& verdict = report.verdicts[4];
  report.plan.claims[4].experiment.finding = Finding::kSilentDamage;
  CellResult& cell = verdict.cells[0];
  cell.cell.vehicle = VehicleKind::kCloneVm;
  cell.positive = {20, 20, {}};
  cell.counted = cell.found = 20;
  cell.bystander_fates = {{"intact", 20}, {"corrupt", 20}};
  EXPECT_THAT(WriteMarkdown(report, {}).text, HasSubstr("✘ 0/20 q |"));
  cell.bystander_fates = {{"signaled SIGSEGV", 40}};
  cell.found = 0;
  EXPECT_THAT(WriteMarkdown(report, {}).text, HasSubstr("✘ 0/20 o |"));
}

TEST(Markdown, TheHeadOfAnInconclusiveRunIsAQuestionMark) {
  RunReport report = sample::Sample();
  report.broken.clear();
  report.end.accounting.broken = 0;
  EXPECT_THAT(WriteMarkdown(report, {}).text, HasSubstr("**? 9 claims"));
}

TEST(Markdown, AReplayRateIsShownWhereThereWereReplays) {
  RunReport report = sample::Sample();
  EXPECT_THAT(WriteMarkdown(report, {}).text,
              HasSubstr("`lost-updates-plain/fork` replayed 7 of 9."));
  for (Verdict& verdict : report.verdicts) {
    for (CellResult& cell : verdict.cells) cell.replays = cell.replayed = 0;
  }
  EXPECT_THAT(WriteMarkdown(report, {}).text, Not(HasSubstr("run again with the same seed")));
}

TEST(Markdown, OnlyLimitedCellsAreListedAsLimited) {
  RunReport report = sample::Sample();
  const std::string text = WriteMarkdown(report, {}).text;
  const std::string limits = text.substr(text.find("Cells in which not every planned trial"));
  EXPECT_THAT(limits, Not(HasSubstr("| 299 | 299 | 299 |")));
}

}  // namespace
}  // namespace bulkhead
