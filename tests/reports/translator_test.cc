#include "reports/translator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <clocale>
#include <string>

namespace bulkhead {
namespace {

const Translator kEnglish, kIndonesian(Language::kIndonesian), kPortuguese(Language::kPortuguese);

std::string Trials(const Translator& tr, std::uint64_t count) {
  return tr.FormatPlural("{} trial + {} no-fault + {} positive",
                         "{} trials + {} no-fault + {} positive", count, count, 20, 5);
}

TEST(Translator, EachLanguageHasItsOwnText) {
  EXPECT_EQ(kEnglish("a bystander is gone"), "a bystander is gone");
  EXPECT_EQ(kIndonesian("a bystander is gone"), "sebuah unit sekitar lenyap");
  EXPECT_EQ(kPortuguese("a bystander is gone"), "um espectador se foi");
}

TEST(Translator, WhatNoCatalogHasStaysAsItIs) {
  for (const Language language : AllLanguages()) {
    const Translator tr(language);
    EXPECT_EQ(tr("nobody has translated this"), "nobody has translated this");
    EXPECT_EQ(tr.Plural("one of them", "{} of them", 1), "one of them");
    EXPECT_EQ(tr.Plural("one of them", "{} of them", 2), "{} of them");
  }
}

TEST(Translator, NothingIsNeverTheHeaderOfTheCatalog) {
  for (const Language language : AllLanguages()) EXPECT_EQ(Translator(language)(""), "");
}

TEST(Translator, APartOfALongerTextIsAKey) {
  const std::string_view both = "a bystander is gone, and more";
  EXPECT_EQ(kPortuguese(both.substr(0, 19)), "um espectador se foi");
}

TEST(Translator, ArgumentsFindTheirPlaces) {
  EXPECT_EQ(kEnglish.Format("a rate of at most {}", "1 %"), "a rate of at most 1 %");
  EXPECT_EQ(kIndonesian.Format("a rate of at most {}", "1 %"), "laju paling tinggi 1 %");
  EXPECT_EQ(kPortuguese.Format("a rate of at most {}", "1 %"), "uma taxa de no máximo 1 %");
}

TEST(Translator, EnglishHasTwoFormsAndNothingIsMany) {
  EXPECT_EQ(Trials(kEnglish, 0), "0 trials + 20 no-fault + 5 positive");
  EXPECT_EQ(Trials(kEnglish, 1), "1 trial + 20 no-fault + 5 positive");
  EXPECT_EQ(Trials(kEnglish, 2), "2 trials + 20 no-fault + 5 positive");
}

TEST(Translator, IndonesianHasOneForm) {
  for (const std::uint64_t count : {0, 1, 2, 299}) {
    EXPECT_EQ(Trials(kIndonesian, count),
              std::to_string(count) + " percobaan + 20 tanpa kesalahan + 5 positif");
  }
}

TEST(Translator, PortugueseHasTwoFormsAndNothingIsOne) {
  EXPECT_EQ(Trials(kPortuguese, 0), "0 ensaio + 20 sem falha + 5 positivo(s)");
  EXPECT_EQ(Trials(kPortuguese, 1), "1 ensaio + 20 sem falha + 5 positivo(s)");
  EXPECT_EQ(Trials(kPortuguese, 2), "2 ensaios + 20 sem falha + 5 positivo(s)");
  // More than an int holds, which is what the rule is given.
  EXPECT_THAT(Trials(kPortuguese, std::uint64_t{1} << 32), testing::HasSubstr(" ensaios "));
  EXPECT_THAT(Trials(kPortuguese, (std::uint64_t{1} << 32) + 1), testing::HasSubstr(" ensaios "));
}

TEST(Translator, TheSystemsLocaleDoesNotMatter) {
  const std::string before = std::setlocale(LC_ALL, nullptr);
  std::setlocale(LC_ALL, "C");
  EXPECT_EQ(kPortuguese("a rate of at most {}"), "uma taxa de no máximo {}");
  std::setlocale(LC_ALL, before.c_str());
  EXPECT_EQ(kPortuguese.Format("a rate of at most {}", 0.5), "uma taxa de no máximo 0.5");
}

TEST(Languages, AreFoundByTheLanguageAlone) {
  EXPECT_EQ(FindLanguage("en_GB.UTF-8"), Language::kEnglish);
  EXPECT_EQ(FindLanguage("id"), Language::kIndonesian);
  EXPECT_EQ(FindLanguage("id_ID.UTF-8"), Language::kIndonesian);
  for (const char* portuguese : {"pt", "pt_BR", "pt-BR", "pt_PT.UTF-8", "pt_BR@euro"}) {
    EXPECT_EQ(FindLanguage(portuguese), Language::kPortuguese) << portuguese;
  }
  for (const char* none : {"", "C", "C.UTF-8", "POSIX", "de_DE", "idiom", "ptx"}) {
    EXPECT_EQ(FindLanguage(none), std::nullopt) << none;
  }
}

TEST(Languages, HaveTheCodesOfClaimFiles) {
  std::string codes;
  for (const Language language : AllLanguages()) {
    codes += std::string(CodeOf(language)) + " ";
    EXPECT_EQ(FindLanguage(LocaleOf(language)), language);
    EXPECT_FALSE(EndonymOf(language).empty());
  }
  EXPECT_EQ(codes, "en id pt ");
}

}  // namespace
}  // namespace bulkhead
