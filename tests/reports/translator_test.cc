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

TEST(Translator, EachLanguageCountsInItsOwnWay) {
  const auto trials = [](const Translator& tr, std::uint64_t n) {
    return tr(SayPlural("{} trial", "{} trials", n, Message::Count(n)));
  };
  for (const std::uint64_t n : {0, 1, 2, 5, 100}) {
    const std::string number = std::to_string(n);
    EXPECT_EQ(trials(kEnglish, n), number + (n == 1 ? " trial" : " trials"));
    EXPECT_EQ(trials(kIndonesian, n), number + " percobaan");
    EXPECT_EQ(trials(kPortuguese, n), number + (n < 2 ? " ensaio" : " ensaios"));
  }
}

TEST(Translator, NumbersHaveTheSignsOfTheLanguage) {
  EXPECT_EQ(kEnglish.Number("1,234.5 ms"), "1,234.5 ms");
  for (const Translator& tr : {kIndonesian, kPortuguese}) {
    EXPECT_EQ(tr.Number("1,234.5 ms"), "1\u202f234,5 ms");
    EXPECT_EQ(tr.Number("7.42 (7.10–7.80)"), "7,42 (7,10–7,80)");
    EXPECT_EQ(tr.Number("one, two."), "one, two.");
    EXPECT_EQ(tr.Number(""), "");
  }
}

TEST(Translator, WhatTheJudgeSaysIsWholeInEachLanguage) {
  const Message said = Say("found in {} of {}", Message::Count(1500),
                           SayPlural("{} trial", "{} trials", 20000, Message::Count(20000)));
  EXPECT_EQ(kEnglish(said), "found in 1,500 of 20,000 trials");
  EXPECT_EQ(kIndonesian(said), "ditemukan dalam 1\u202f500 dari 20\u202f000 percobaan");
  EXPECT_EQ(kPortuguese(said), "encontrado em 1\u202f500 de 20\u202f000 ensaios");
}

TEST(Translator, TextFromElsewhereIsShownAsItIs) {
  // It happens to be a message, and may hold places and numbers.
  for (const char* foreign : {"a bystander is gone", "{} of 1,234.5 {0}"}) {
    EXPECT_EQ(kPortuguese(Message(foreign)), foreign);
    EXPECT_EQ(kPortuguese(Say("the median of \"{}\" is 0", foreign)),
              "a mediana de \"" + std::string(foreign) + "\" é 0");
  }
}

TEST(Translator, AReasonIsTranslatedAndWhatTheKernelSaidIsNot) {
  const std::string reason = "a user namespace is refused: Operation not permitted";
  EXPECT_EQ(kEnglish.Known(reason), reason);
  EXPECT_EQ(kPortuguese.Known(reason),
            "um namespace de usuário é recusado: Operation not permitted");
  EXPECT_EQ(kPortuguese.Known("not applicable: " + reason),
            "não aplicável: um namespace de usuário é recusado: Operation not permitted");
  EXPECT_EQ(kPortuguese(Message::Known(reason)), kPortuguese.Known(reason));
}

TEST(Translator, PseudoIsLongerAndKeepsPlacesAndWhatIsTyped) {
  const Translator pseudo(Language::kPseudo);
  EXPECT_EQ(pseudo.Format("trial {}: `bulkhead run`", 17), "⟦ťŕíáļ 17: `bulkhead run`··⟧");
  EXPECT_EQ(pseudo("see the [glossary](#glossary)"), "⟦šéé ťĥé [ğļóššáŕý](#glossary)·····⟧");
  EXPECT_EQ(pseudo(""), "");
  EXPECT_EQ(pseudo.FormatPlural("{} cell", "{} cells", 2, 2), "⟦2 çéļļš··⟧");
  EXPECT_EQ(pseudo(SayPlural("{} trial", "{} trials", 1, Message::Count(1))), "⟦1 ťŕíáļ··⟧");
  EXPECT_EQ(FindLanguage("pseudo"), Language::kPseudo);
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
