#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/wording.h"
#include "reports/writer.h"
#include "tests/reports/sample_report.h"

namespace bulkhead {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(Github, WhatNeedsAttentionIsOpenAndTheRestFolded) {
  const std::string text = WriteGithub(sample::Sample(), {}).text;
  const std::size_t refuted = text.find("### ✘ refuted: memory.process-private");
  const std::size_t ledger = text.find("<summary>All claims</summary>");
  ASSERT_NE(refuted, std::string::npos);
  ASSERT_NE(ledger, std::string::npos);
  EXPECT_LT(refuted, ledger);
  EXPECT_THAT(text, HasSubstr("### ? inconclusive: crash.hang-contained"));
  EXPECT_THAT(text, Not(HasSubstr("### ✔")));
  EXPECT_THAT(text.substr(ledger), HasSubstr("| ✔ supported | crash.process-contained<br>"));
  EXPECT_THAT(text, EndsWith(wording::AccountingLine(sample::Sample().end.accounting) + "\n"));
}

TEST(Github, StaysBelowTheLimitOfAStepSummaryAndSaysWhatIsMissing) {
  RunReport report = sample::Sample();
  for (int i = 0; i < 5000; ++i) {
    report.plan.claims.push_back(report.plan.claims[1]);
    report.plan.claims.back().text["en"] = std::string(3000, '<');
    report.verdicts.push_back(report.verdicts[1]);
  }
  const std::string text = WriteGithub(report, {}).text;
  EXPECT_LT(text.size(), 900'000u);
  EXPECT_THAT(text, HasSubstr("more claims need attention"));
  EXPECT_THAT(text, HasSubstr(" of 5009 claims; `results.json` has all."));
}

TEST(Github, ForeignTextCannotCloseWhatIsFolded) {
  RunReport report = sample::Sample();
  report.verdicts[1].sentence = "</details></summary>";
  EXPECT_THAT(WriteGithub(report, {}).text, Not(HasSubstr("</details></summary>")));
}

}  // namespace
}  // namespace bulkhead
