#include "harness/cli/language_option.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

namespace bulkhead {
namespace {

// The language of an environment of these variables.
Language With(const std::map<std::string, std::string>& variables) {
  return LanguageOfEnvironment([&](const char* name) -> const char* {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second.c_str();
  });
}

TEST(LanguageOption, TakesTheCodesAndThePortugueseLocale) {
  EXPECT_EQ(ParseLanguage("en"), Language::kEnglish);
  EXPECT_EQ(ParseLanguage("id"), Language::kIndonesian);
  for (const char* portuguese : {"pt", "pt_BR", "pt-BR"}) {
    EXPECT_EQ(ParseLanguage(portuguese), Language::kPortuguese) << portuguese;
  }
}

TEST(LanguageOption, RefusesTheRestAndNamesWhatIsAccepted) {
  for (const char* bad : {"", "fr", "EN", "english", "pt_PT", "id_ID.UTF-8"}) {
    const auto language = ParseLanguage(bad);
    ASSERT_FALSE(language) << bad;
    EXPECT_EQ(language.error().kind, Error::Kind::kUser);
    EXPECT_THAT(language.error().message, testing::HasSubstr("; accepted: en, id, pt"));
  }
}

TEST(LanguageOfEnvironment, TheFirstVariableThatSaysSomethingDecides) {
  EXPECT_EQ(With({}), Language::kEnglish);
  EXPECT_EQ(With({{"LANG", "id_ID.UTF-8"}}), Language::kIndonesian);
  EXPECT_EQ(With({{"LANG", "id_ID.UTF-8"}, {"LC_MESSAGES", "pt_BR"}}), Language::kPortuguese);
  EXPECT_EQ(With({{"LC_ALL", "pt_BR"}, {"LC_MESSAGES", "id"}}), Language::kPortuguese);
  EXPECT_EQ(With({{"LC_ALL", ""}, {"LC_MESSAGES", "id"}}), Language::kIndonesian);
}

TEST(LanguageOfEnvironment, WhatItDoesNotKnowIsEnglishAndStillDecides) {
  EXPECT_EQ(With({{"LANG", "C.UTF-8"}}), Language::kEnglish);
  EXPECT_EQ(With({{"LC_ALL", "C"}, {"LANG", "id_ID.UTF-8"}}), Language::kEnglish);
  EXPECT_EQ(With({{"LC_ALL", "de_DE.UTF-8"}, {"LANG", "pt_BR"}}), Language::kEnglish);
  EXPECT_EQ(With({{"LC_TIME", "pt_BR"}, {"LANGUAGE", "id"}}), Language::kEnglish);
}

}  // namespace
}  // namespace bulkhead
