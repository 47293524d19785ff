#include "harness/cli/lab_sheet.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/cli/run_directory.h"

namespace bulkhead {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr char kSheet[] = R"(schema = 1
title = "Who survives a crash?"
course = "Operating systems"
group = "B2"
language = "pt-BR"
objective = "To see it."
theory = ["One.", "Two."]
keywords = ["isolation"]
[[author]]
name = "Ana"
id = "21-001"
[[author]]
name = "Budi"
)";

std::string Refusal(const std::string& text) {
  const auto sheet = ParseLabSheet(text, "lab.toml");
  return sheet ? "accepted" : sheet.error().message;
}

TEST(LabSheetFile, HasWhatATitlePageNeeds) {
  const auto sheet = ParseLabSheet(kSheet, "lab.toml");
  ASSERT_TRUE(sheet) << sheet.error().message;
  EXPECT_EQ(sheet->title, "Who survives a crash?");
  EXPECT_EQ(sheet->language, "pt");
  EXPECT_THAT(sheet->theory, testing::ElementsAre("One.", "Two."));
  ASSERT_EQ(sheet->authors.size(), 2u);
  EXPECT_EQ(sheet->authors[0].id, "21-001");
}

TEST(LabSheetFile, NeedsNothingButItsSchema) {
  EXPECT_EQ(Refusal("schema = 1\n"), "accepted");
  EXPECT_THAT(Refusal("title = \"x\"\n"), HasSubstr("schema = 1"));
  EXPECT_THAT(Refusal("schema = 2\n"), StartsWith("lab.toml:1: schema is 2"));
}

TEST(LabSheetFile, AMisspeltKeyIsNamedWithTheNearest) {
  EXPECT_THAT(Refusal("schema = 1\ntitel = \"x\"\n"),
              StartsWith("lab.toml:2: unknown key \"titel\""));
  EXPECT_THAT(Refusal("schema = 1\ntitel = \"x\"\n"), HasSubstr("did you mean \"title\"?"));
}

TEST(LabSheetFile, AnUnknownLanguageIsRefused) {
  EXPECT_THAT(Refusal("schema = 1\nlanguage = \"xx\"\n"), StartsWith("lab.toml:2: language: "));
}

TEST(LabSheetFile, AnAuthorHasAName) {
  EXPECT_THAT(Refusal("schema = 1\n[[author]]\nid = \"1\"\n"), HasSubstr("has no name"));
}

TEST(PredictionFile, WhatIsWrittenIsReadBack) {
  std::string text;
  const Prediction hostile{"a.b", Outcome::kConditional, "\"quoted\" \\ and\nlines \x1b[31m",
                           "Ana \"A\"", TimeStamp()};
  text = WithPrediction(text, hostile);
  text = WithPrediction(text, {"c.d", std::nullopt, "", "", "2026-01-15T09:00:00Z"});
  const auto read = ParsePredictions(text, "predictions.toml");
  ASSERT_TRUE(read) << read.error().message << text;
  ASSERT_EQ(read->size(), 2u);
  EXPECT_EQ((*read)[0].claim, "a.b");
  EXPECT_EQ((*read)[0].verdict, Outcome::kConditional);
  EXPECT_THAT((*read)[0].reason, StartsWith("\"quoted\" \\ and lines "));
  EXPECT_EQ((*read)[0].student, "Ana \"A\"");
  EXPECT_FALSE((*read)[1].verdict);
  EXPECT_EQ((*read)[1].at, "2026-01-15T09:00:00Z");
}

TEST(PredictionFile, WhatIsThereStays) {
  const std::string one = WithPrediction("", {"a.b", Outcome::kRefuted, "r", "s", TimeStamp()});
  const std::string two = WithPrediction(one, {"a.b", Outcome::kSupported, "r", "s", TimeStamp()});
  EXPECT_THAT(two, StartsWith(one));
}

TEST(PredictionFile, WhatNobodyCanPredictIsRefused) {
  const auto refusal = [](const std::string& lines) {
    const auto read = ParsePredictions("schema = 1\n[[prediction]]\n" + lines, "p.toml");
    return read ? "accepted" : read.error().message;
  };
  EXPECT_THAT(refusal("claim = \"a\"\nverdict = \"broken\"\nat = \"2026-01-15T09:00:00Z\"\n"),
              StartsWith("p.toml:4: found \"broken\""));
  EXPECT_THAT(refusal("claim = \"a\"\nverdict = \"refuted\"\nat = \"yesterday\"\n"),
              StartsWith("p.toml:5: at is \"yesterday\""));
  EXPECT_THAT(refusal("verdict = \"refuted\"\nat = \"2026-01-15T09:00:00Z\"\n"),
              HasSubstr("has no claim"));
}

}  // namespace
}  // namespace bulkhead
