#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <regex>

#include "harness/model/names.h"
#include "reports/text.h"
#include "reports/timeline.h"
#include "reports/wording.h"
#include "reports/writer.h"
#include "tests/reports/sample_report.h"

namespace bulkhead {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::vector<std::string> LinesOf(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = text.find('\n', from);
    lines.push_back(text.substr(from, end - from));
    if (end == std::string::npos) break;
    from = end + 1;
  }
  return lines;
}

std::string WithoutColor(const std::string& text) {
  return std::regex_replace(text, std::regex("\x1b\\[[0-9;]*m"), "");
}

TEST(Terminal, NoLineIsWiderThanAsked) {
  RunReport report = sample::Sample();
  report.plan.claims[0].text["en"] = "進程崩潰不影響其他進程 " + std::string(300, 'x');
  report.verdicts[1].claim = report.plan.claims[1].id = std::string(200, 'i');
  for (const int width : {60, 72, 80, 100, 200}) {
    for (const bool verbose : {false, true}) {
      for (const std::string& line :
           LinesOf(WriteTerminal(report, {.width = width, .verbose = verbose}).text)) {
        EXPECT_LE(text::DisplayWidth(line), static_cast<std::size_t>(width)) << line;
      }
    }
  }
}

TEST(Terminal, LastLineIsTheAccounting) {
  const RunReport report = sample::Sample();
  const std::vector<std::string> lines = LinesOf(WriteTerminal(report, {}).text);
  EXPECT_EQ(lines.back(), wording::AccountingLine(report.end.accounting));
  EXPECT_EQ(LinesOf(WriteTerminal(RunReport{}, {}).text).back(),
            "planned 0 = executed 0 + skipped 0 + broken 0");
}

TEST(Terminal, TheCountsComeBeforeTheAccounting) {
  const std::string text = WriteTerminal(sample::Sample(), {.width = 200}).text;
  const std::vector<std::string> lines = LinesOf(text);
  EXPECT_THAT(lines[lines.size() - 2], HasSubstr("9 claims: 3 supported, 1 refuted"));
}

TEST(Terminal, ColourIsNeverTheOnlyCarrier) {
  const RunReport report = sample::Sample();
  const std::string plain = WriteTerminal(report, {}).text;
  EXPECT_THAT(plain, Not(HasSubstr("\x1b")));
  const std::string colored = WriteTerminal(report, {.color = true}).text;
  EXPECT_NE(colored, plain);
  EXPECT_EQ(WithoutColor(colored), plain);
}

TEST(Terminal, WhatNeedsAttentionComesFirstAndTheUnexpectedBeforeAll) {
  const std::string text = WriteTerminal(sample::Sample(), {}).text;
  const std::size_t unexpected = text.find("REFUTED  memory.process-private");
  const std::size_t control = text.find("INCONCLUSIVE  corruption.process-contained");
  const std::size_t ledger = text.find("\nClaims\n");
  ASSERT_NE(unexpected, std::string::npos);
  ASSERT_NE(control, std::string::npos);
  ASSERT_NE(ledger, std::string::npos);
  EXPECT_LT(unexpected, control);
  EXPECT_LT(control, ledger);
  EXPECT_THAT(text, Not(HasSubstr("SUPPORTED  crash.process-contained")));
}

TEST(Terminal, EveryClaimIsInTheLedgerWithItsWholeId) {
  const RunReport report = sample::Sample();
  const std::string text = WriteTerminal(report, {}).text;
  const std::string ledger = text.substr(text.find("\nClaims\n"));
  for (const Verdict& verdict : report.verdicts) {
    EXPECT_THAT(ledger, HasSubstr(std::string(NameOf(verdict.outcome))));
    EXPECT_THAT(ledger, HasSubstr(verdict.claim));
  }
}

TEST(Terminal, EvidenceCountsTimeFromTheArming) {
  RunReport report = sample::Sample();
  report.verdicts[2].as_expected = false;
  const std::string text = WriteTerminal(report, {}).text;
  EXPECT_THAT(text, HasSubstr("0.00 ms  victim       armed"));
  EXPECT_THAT(text, HasSubstr("+0.03 ms  victim       its handler saw SIGSEGV at 0x0"));
  EXPECT_THAT(text, HasSubstr("ended: killed by SIGSEGV [kernel]"));
}

TEST(Terminal, InconclusiveClaimsNameTheDoctor) {
  EXPECT_THAT(WriteTerminal(sample::Sample(), {}).text,
              HasSubstr("bulkhead explain crash.hang-contained\n            bulkhead doctor"));
}

TEST(Terminal, ClaimsSpeakTheAskedLanguage) {
  RunReport report = sample::Sample();
  report.verdicts[0].as_expected = false;
  EXPECT_THAT(WriteTerminal(report, {.language = "pt_BR"}).text,
              HasSubstr("A falha de um processo"));
}

TEST(Terminal, AnInterruptedOrCutOffRunSaysSo) {
  RunReport report = sample::Sample();
  report.end.interrupted = true;
  EXPECT_THAT(WriteTerminal(report, {}).text, HasSubstr("INTERRUPTED"));
  report.end.interrupted = false;
  report.complete = false;
  EXPECT_THAT(WriteTerminal(report, {}).text, HasSubstr("CUT OFF"));
}

TEST(Terminal, TheSeedHasItsOwnLine) {
  EXPECT_THAT(WriteTerminal(sample::Sample(), {}).text, HasSubstr("\nseed 0x5eed\n"));
}

TEST(Terminal, ABlindedRunSaysSoFirst) {
  RunReport report = sample::Sample();
  EXPECT_THAT(WriteTerminal(report, {}).text, Not(HasSubstr("BLINDED")));
  report.plan.blind = {"canary"};
  EXPECT_THAT(WriteTerminal(report, {}).text, HasSubstr("Blinded on purpose: canary."));
  EXPECT_THAT(WriteMarkdown(report, {}).text, HasSubstr("**Blinded on purpose: canary."));
}

TEST(Terminal, CellsOfOneReasonShareALine) {
  RunReport report = sample::Sample();
  Verdict& verdict = report.verdicts[3];
  for (int i = 0; i < 8; ++i) {
    if (i > 0) verdict.cells.push_back(verdict.cells[0]);
    verdict.cells[i].reason = "void, as trial " + std::to_string(17 + i) + " shows";
  }
  EXPECT_THAT(WriteTerminal(report, {.width = 120}).text,
              HasSubstr("? 8 cells, all open, first spin-hang/fork: void, as trial 17 shows"));
}

TEST(Timeline, SignalThatWasSentHasASenderAndNoAddress) {
  Trial trial = sample::CrashTrial(1, sample::Cell("abort", VehicleKind::kFork), false);
  trial.observations = {{0, 0, Faulted{SIGABRT, SI_TKILL, 0x75cf, 0x10, 7}}};
  EXPECT_EQ(TimelineOf(trial, Detail::kAll, 9).rows.at(0).what,
            "its handler saw SIGABRT (sent by tgkill)");
}

TEST(Timeline, SilentVictimHadNoDeadlineOfItsOwn) {
  Trial trial = sample::CrashTrial(1, sample::Cell("spin", VehicleKind::kFork), false);
  trial.observations = {{0, 1, Answered{true, 0, 0, 1}},
                        {1, 0, Silent{5 * kMillisecond}},
                        {2, 2, Answered{true, 0, 0, 1}}};
  EXPECT_EQ(TimelineOf(trial, Detail::kAll, 9).rows.at(1).what,
            "no answer while the bystanders answered (5 ms)");
  trial.observations.pop_back();
  EXPECT_EQ(TimelineOf(trial, Detail::kAll, 9).rows.at(1).what, "no answer within 5 ms");
}

}  // namespace
}  // namespace bulkhead
