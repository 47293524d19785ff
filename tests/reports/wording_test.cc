#include "reports/wording.h"

#include <gtest/gtest.h>

#include <set>

#include "harness/model/names.h"
#include "reports/writer.h"
#include "tests/reports/sample_report.h"

namespace bulkhead {
namespace {

TEST(Wording, PercentHasADotAndASpace) {
  EXPECT_EQ(wording::Percent(0.00994), "0.99 %");
  EXPECT_EQ(wording::Percent(0.01), "1.00 %");
  EXPECT_EQ(wording::Percent(0.139), "13.9 %");
  EXPECT_EQ(wording::Percent(0.95), "95 %");
}

TEST(Wording, SomethingIsNeverRoundedToNothingOrAll) {
  EXPECT_EQ(wording::Percent(0), "0 %");
  EXPECT_EQ(wording::Percent(1e-9), "< 0.01 %");
  EXPECT_EQ(wording::Percent(0.99999), "> 99.9 %");
  EXPECT_EQ(wording::Percent(0.9994), "99.9 %");
  EXPECT_EQ(wording::Percent(1), "100 %");
}

TEST(Wording, CountsHaveThousandsSeparators) {
  EXPECT_EQ(wording::Count(0), "0");
  EXPECT_EQ(wording::Count(999), "999");
  EXPECT_EQ(wording::Count(1000), "1,000");
  EXPECT_EQ(wording::Count(1234567), "1,234,567");
  EXPECT_EQ(wording::Counted(1, "trial"), "1 trial");
  EXPECT_EQ(wording::Counted(0, "trial"), "0 trials");
}

TEST(Wording, TimesNameTheirUnit) {
  EXPECT_EQ(wording::Took(4200 * kMillisecond), "4.2 s");
  EXPECT_EQ(wording::Took(107 * kSecond), "1 min 47 s");
  EXPECT_EQ(wording::About(2 * kSecond), "some seconds");
  EXPECT_EQ(wording::About(41 * kSecond), "about 45 s");
  EXPECT_EQ(wording::About(127 * kSecond), "about 2 min");
  EXPECT_EQ(wording::About(3 * 3600 * kSecond), "about 3 h");
  EXPECT_EQ(wording::Relative(120 * kMicrosecond), "+0.12 ms");
  EXPECT_EQ(wording::Relative(-2 * kMillisecond), "-2.00 ms");
  EXPECT_EQ(wording::Relative(-1), "0.00 ms");
  EXPECT_EQ(wording::Measured(12440), "12.4 µs");
}

TEST(Wording, ARateHasBothBoundsUnlessNoneOrAllShowIt) {
  CellResult cell;
  EXPECT_EQ(wording::Rate(cell), "–");
  cell.counted = 299;
  cell.lower = 0;
  cell.upper = 0.00997;
  EXPECT_EQ(wording::Rate(cell), "≤ 1.00 %");
  cell.found = 22;
  cell.lower = 0.0502;
  cell.upper = 0.1036;
  EXPECT_EQ(wording::Rate(cell), "7.36 %, 5.02 % to 10.4 %");
  cell.found = 299;
  cell.lower = 0.99;
  cell.upper = 1;
  EXPECT_EQ(wording::Rate(cell), "≥ 99 %");
}

TEST(Wording, EveryOutcomeHasItsOwnSymbolWordAndMeaning) {
  std::set<std::string_view> symbols;
  for (const Named<Outcome>& outcome : NamesOf<Outcome>()) {
    symbols.insert(wording::Symbol(outcome.value));
    EXPECT_FALSE(wording::Meaning(outcome.value).empty());
  }
  EXPECT_EQ(symbols.size(), NamesOf<Outcome>().size());
  for (const Named<Finding>& finding : NamesOf<Finding>()) {
    EXPECT_FALSE(wording::Meaning(finding.value).empty()) << finding.name;
  }
}

TEST(Wording, TheRationaleFallsBackAsTheTextAndMayBeMissing) {
  Claim claim;
  EXPECT_EQ(wording::Rationale(claim, "en"), "");
  claim.rationale = {{"en", "because"}, {"id", "karena"}};
  std::string chosen;
  EXPECT_EQ(wording::Rationale(claim, "id", &chosen), "karena");
  EXPECT_EQ(chosen, "id");
  EXPECT_EQ(wording::Rationale(claim, "pt", &chosen), "because");
  EXPECT_EQ(chosen, "en");
}

TEST(Wording, TextFallsBackToEnglishThenToTheOriginal) {
  Claim claim;
  claim.text = {{"en", "hello"}, {"pt", "olá"}};
  std::string chosen;
  EXPECT_EQ(wording::ClaimText(claim, "pt_BR", &chosen), "olá");
  EXPECT_EQ(chosen, "pt");
  EXPECT_EQ(wording::ClaimText(claim, "id", &chosen), "hello");
  claim.text = {{"id", "halo"}, {"pt", "olá"}};
  claim.original = "pt";
  EXPECT_EQ(wording::ClaimText(claim, "en", &chosen), "olá");
}

TEST(Wording, AccountingIsForMachinesToo) {
  EXPECT_EQ(wording::AccountingLine({12345, 12000, 300, 45, {}}),
            "planned 12345 = executed 12000 + skipped 300 + broken 45");
}

TEST(Wording, WhatNeedsAttention) {
  Verdict verdict;
  verdict.outcome = Outcome::kRefuted;
  EXPECT_FALSE(wording::NeedsAttention(verdict));
  verdict.as_expected = false;
  EXPECT_TRUE(wording::NeedsAttention(verdict));
  verdict.as_expected = true;
  EXPECT_FALSE(wording::NeedsAttention(verdict));
  verdict.control_failed = true;
  EXPECT_TRUE(wording::NeedsAttention(verdict));
  verdict = Verdict{};
  verdict.outcome = Outcome::kInconclusive;
  EXPECT_TRUE(wording::NeedsAttention(verdict));
  verdict.outcome = Outcome::kBroken;
  verdict.as_expected = true;
  EXPECT_TRUE(wording::NeedsAttention(verdict));
}

TEST(Wording, AVerdictFindsItsClaimEvenOutOfOrder) {
  RunReport report = sample::Sample();
  std::swap(report.plan.claims[0], report.plan.claims[1]);
  EXPECT_EQ(wording::ClaimOf(report, 0).id, report.verdicts[0].claim);
  report.plan.claims.clear();
  EXPECT_EQ(wording::ClaimOf(report, 0).id, "");
}

TEST(Wording, TheExpectationIsToldThoughUndecided) {
  Claim claim;
  Verdict verdict;
  EXPECT_EQ(wording::Expectation(claim, verdict), "");
  EXPECT_EQ(wording::ExpectationWord(claim, verdict), "none");
  claim.expect = Outcome::kSupported;
  EXPECT_EQ(wording::Expectation(claim, verdict),
            "The claim expects supported; that is not decided.");
  EXPECT_EQ(wording::ExpectationWord(claim, verdict), "undecided");
  verdict.as_expected = true;
  EXPECT_EQ(wording::ExpectationWord(claim, verdict), "yes");
}

TEST(Wording, TheOutcomeIsNotSaidTwice) {
  Verdict verdict;
  verdict.sentence = "Inconclusive: no cell counts.";
  EXPECT_EQ(wording::Why(verdict), "No cell counts.");
  verdict.sentence = "Witnessed.";
  EXPECT_EQ(wording::Why(verdict), "Witnessed.");
}

TEST(Wording, TheOutcomeIsNotSaidTwiceInAnyLanguage) {
  Verdict verdict;
  verdict.sentence = Say("Inconclusive: {}.", Say("no cell of this run belongs to the claim"));
  EXPECT_EQ(wording::Why(verdict), "No cell of this run belongs to the claim.");
  EXPECT_EQ(wording::Why(verdict, Translator(Language::kPortuguese)),
            "Nenhuma célula desta execução pertence à alegação.");
}

TEST(Wording, NumbersAreOfTheReadersLanguage) {
  const Translator tr(Language::kPortuguese);
  CellResult cell;
  cell.counted = 299;
  cell.found = 22;
  cell.lower = 0.0502;
  cell.upper = 0.1036;
  EXPECT_EQ(wording::Rate(cell, tr), "7,36 %, 5,02 % a 10,4 %");
  EXPECT_EQ(wording::Percent(1e-9, tr), "< 0,01 %");
  EXPECT_EQ(wording::Count(1234567, tr), "1\u202f234\u202f567");
  EXPECT_EQ(wording::Took(4200 * kMillisecond, tr), "4,2 s");
  EXPECT_EQ(wording::Relative(120 * kMicrosecond, tr), "+0,12 ms");
  EXPECT_EQ(wording::About(41 * kSecond, tr), "cerca de 45 s");
  EXPECT_EQ(wording::Hex(0xb007), "0xb007");
}

TEST(Wording, SourcesAreNamedWithoutTheirFile) {
  EXPECT_EQ(wording::SourceLine({"S0", "000_25bf.txt", "id", "Kemandirian"}),
            "S0, Kemandirian (id)");
  EXPECT_EQ(wording::SourceLine({"+", "", "", ""}), "not in the notes");
}

TEST(Wording, HealthyTrialsAreNoEvidenceOfTheInconclusive) {
  RunReport report = sample::Sample();
  Verdict verdict = report.verdicts[0];  // its typical trial is kept
  ASSERT_NE(wording::DecisiveTrial(report, verdict), nullptr);
  verdict.outcome = Outcome::kInconclusive;
  EXPECT_EQ(wording::DecisiveTrial(report, verdict), nullptr);
  report.decisive[7] = report.decisive[5];
  report.decisive[7].plan.arm = Arm::kPositive;
  verdict.witness = 7;
  verdict.control_failed = true;
  const Trial* trial = wording::DecisiveTrial(report, verdict);
  ASSERT_NE(trial, nullptr);
  EXPECT_EQ(wording::PartOf(verdict, *trial), "the control that failed");
}

TEST(Wording, AReplaySaysWhatItSpeaksOf) {
  RunReport report = sample::Sample();
  EXPECT_EQ(wording::ReplayNotice(report.plan), "");
  report.plan.replay = Replay{"20260101-1", report.decisive[5].plan, -1, false};
  const std::string notice = "This run repeats trial 5 of run 20260101-1";
  EXPECT_NE(wording::ReplayNotice(report.plan).find(notice), std::string::npos);
  for (const char* format : {"html", "markdown", "terminal"}) {
    const std::string text = FindWriter(format)->write(report, {.width = 200}).text;
    EXPECT_NE(text.find(notice), std::string::npos) << format;
  }
}

}  // namespace
}  // namespace bulkhead
