// Laws of the lab report, in all of its three formats.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <regex>
#include <set>
#include <sstream>

#include "reports/lab/latex_text.h"
#include "reports/lab/sections.h"
#include "reports/writer.h"
#include "tests/reports/sample_report.h"

namespace bulkhead {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr char kStarted[] = "2026-01-15T10:15:00Z";  // of the sample
constexpr char kBefore[] = "2026-01-15T09:00:00Z";
constexpr char kAfter[] = "2026-01-15T10:15:01Z";

Prediction Of(const char* claim, std::optional<Outcome> verdict, const char* at,
              const char* student = "", const char* reason = "") {
  return {claim, verdict, reason, student, at};
}

LabSheet Sheet() {
  LabSheet sheet;
  sheet.title = "What a crash leaves alone";
  sheet.authors = {{"Ana Souza", "21-001"}, {"Budi", ""}};
  sheet.course = "Operating systems";
  sheet.objective = "To see which compartment keeps a crash in.";
  sheet.theory = {"A process owns an address space."};
  sheet.predictions = {
      Of("crash.process-contained", Outcome::kSupported, kBefore, "Ana", "own address space"),
      Of("crash.process-contained", Outcome::kRefuted, kBefore, "Ana"),
      Of("crash.process-contained", Outcome::kRefuted, kBefore, "Budi"),
      Of("memory.process-private", Outcome::kRefuted, kAfter, "Ana"),
      Of("crash.hang-contained", Outcome::kSupported, kStarted),
      Of("no.such-claim", Outcome::kSupported, kBefore)};
  return sheet;
}

std::string Write(const char* format, const LabSheet* sheet, const char* language = "en") {
  const Writer* writer = FindWriter(format);
  return writer->write(sample::Sample(), {.language = language, .lab = sheet}).text;
}

// The rows of lab.md that hold all of the words.
std::size_t Rows(const std::string& document, const std::vector<std::string>& words) {
  std::size_t rows = 0;
  std::istringstream lines(document);
  for (std::string line; std::getline(lines, line);) {
    rows += line.starts_with('|') && std::ranges::all_of(words, [&](const std::string& word) {
              return line.find(word) != std::string::npos;
            });
  }
  return rows;
}

class EachLab : public ::testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(Formats, EachLab, ::testing::Values("lab", "lab-html", "lab-latex"),
                         [](const auto& info) {
                           std::string name = info.param;
                           std::erase(name, '-');
                           return name;
                         });

TEST_P(EachLab, HasTheSectionsInTheOrderInWhichTheyAreTaught) {
  const std::string document = Write(GetParam(), nullptr);
  std::size_t at = 0;
  for (const char* title :
       {"Objective", "Theory", "Hypothesis", "Apparatus and environment", "Method", "Results",
        "Statistics and how to read them", "Discussion", "Conclusion", "References", "Appendix"}) {
    const std::size_t found = document.find(title, at);
    ASSERT_NE(found, std::string::npos) << title;
    at = found;
  }
}

TEST_P(EachLab, ShowsWhatTheSheetSays) {
  const LabSheet sheet = Sheet();
  const std::string document = Write(GetParam(), &sheet);
  for (const char* text : {"What a crash leaves alone", "Ana Souza (21", "Budi",
                           "Operating systems", "To see which compartment", "an address space"}) {
    EXPECT_THAT(document, HasSubstr(text));
  }
}

TEST_P(EachLab, NeitherDiscussesNorConcludesButAsks) {
  const LabSheet sheet = Sheet();
  const lab::Page page = lab::MakePage(sample::Sample(), {.lab = &sheet});
  for (const char* title : {"Discussion", "Conclusion"}) {
    const auto section = std::ranges::find(page.sections, title, &lab::Section::title);
    ASSERT_NE(section, page.sections.end());
    std::size_t prompts = 0;
    for (const lab::Block& block : section->blocks) {
      EXPECT_FALSE(std::holds_alternative<lab::Table>(block)) << title;
      prompts += std::holds_alternative<lab::Prompt>(block);
    }
    EXPECT_GT(prompts, 5u) << title;
  }
  EXPECT_THAT(Write(GetParam(), &sheet), HasSubstr("Answer here:"));
}

TEST_P(EachLab, AsksForASentenceWithTheIdOfEachClaim) {
  const RunReport report = sample::Sample();
  const lab::Page page = lab::MakePage(report, {});
  const auto conclusion = std::ranges::find(page.sections, "Conclusion", &lab::Section::title);
  std::set<std::string> asked;
  for (const lab::Block& block : conclusion->blocks) {
    if (const auto* prompt = std::get_if<lab::Prompt>(&block)) asked.insert(prompt->line[0].text);
  }
  for (const Verdict& verdict : report.verdicts) EXPECT_TRUE(asked.contains(verdict.claim));
}

TEST_P(EachLab, KeepsNamesOfHostsAndPeopleToItself) {
  const std::string document = Write(GetParam(), nullptr);
  EXPECT_THAT(document, Not(HasSubstr("alice")));
  EXPECT_THAT(document, Not(HasSubstr("buildhost7")));
}

TEST_P(EachLab, HasItsFiguresAtHand) {
  const Document document = FindWriter(GetParam())->write(sample::Sample(), {});
  std::set<std::string> names;
  for (const File& file : document.beside) EXPECT_TRUE(names.insert(file.name).second) << file.name;
  if (std::string(GetParam()) == "lab-html") {
    EXPECT_TRUE(names.empty());
    EXPECT_THAT(document.text, HasSubstr("<svg"));
    EXPECT_THAT(document.text, Not(HasSubstr("src=\"http")));
    return;
  }
  EXPECT_TRUE(names.contains("figures/rates.svg"));
  for (const std::string& name : names) {
    // LaTeX takes the PDF that is made of it.
    if (!name.ends_with(".svg")) continue;
    EXPECT_THAT(document.text, HasSubstr(name.substr(0, name.size() - 4)));
  }
}

TEST(LabPredictions, AreSetAgainstWhatWasObserved) {
  const LabSheet sheet = Sheet();
  const std::string document = Write("lab", &sheet);
  EXPECT_EQ(Rows(document, {"crash.process-contained", "own address space", "| yes |"}), 1u);
  // Ana's first and Budi's first, in the results.
  EXPECT_EQ(Rows(document, {"crash.process-contained", "| supported | Ana |", "| yes |"}), 1u);
  EXPECT_EQ(Rows(document, {"crash.process-contained", "| refuted | Budi |", "| no |"}), 1u);
  EXPECT_EQ(Rows(document, {"crash.hang-contained", "| supported |", "| not decided |"}), 1u);
  EXPECT_THAT(document, HasSubstr("not part of this run: `no.such-claim`"));
}

TEST(LabPredictions, ALaterOneIsShownAndDoesNotCount) {
  const LabSheet sheet = Sheet();
  const std::string document = Write("lab", &sheet);
  EXPECT_EQ(Rows(document, {"crash.process-contained", "no: an earlier one counts"}), 1u);
}

TEST(LabPredictions, OneEnteredAfterTheRunBeganDoesNotCount) {
  const LabSheet sheet = Sheet();
  const std::string document = Write("lab", &sheet);
  EXPECT_EQ(Rows(document, {"memory.process-private", "entered after the run began"}), 1u);
  EXPECT_EQ(Rows(document, {"memory.process-private", "| refuted | Ana |"}), 0u);
}

TEST(LabPredictions, WithoutAnyTheCommandIsNamed) {
  EXPECT_THAT(Write("lab", nullptr), HasSubstr("`bulkhead predict`"));
}

TEST(LabPredictions, AChangedFileIsNamed) {
  LabSheet sheet = Sheet();
  EXPECT_THAT(Write("lab", &sheet), Not(HasSubstr("its digest")));
  sheet.predictions_changed = true;
  EXPECT_THAT(Write("lab", &sheet), HasSubstr("its digest is not that of the run"));
}

TEST(Lab, TheLanguageOfTheSheetIsThatOfTheReport) {
  LabSheet sheet = Sheet();
  sheet.language = "pt";
  EXPECT_THAT(Write("lab", &sheet), HasSubstr("A falha de um processo não afeta os outros."));
  EXPECT_THAT(Write("lab-html", &sheet), HasSubstr("<html lang=\"pt\">"));
}

TEST(Lab, ALongParagraphOfAStudentIsNotCut) {
  LabSheet sheet;
  sheet.theory = {""};
  for (int i = 0; i < 1000; ++i) sheet.theory[0] += "word ";
  sheet.theory[0] += "end.";
  for (const char* format : {"lab", "lab-html", "lab-latex"}) {
    EXPECT_THAT(Write(format, &sheet), HasSubstr("word end.")) << format;
  }
}

TEST(Lab, TheFormsOfAListDoNotBeginOneInAParagraph) {
  LabSheet sheet;
  sheet.theory = {"- not a list", "1. nor this", "# no heading"};
  const std::string document = Write("lab", &sheet);
  EXPECT_THAT(document, HasSubstr("\\- not a list"));
  EXPECT_THAT(document, HasSubstr("1\\. nor this"));
  EXPECT_THAT(document, HasSubstr("\\# no heading"));
}

// ---- LaTeX.

TEST(LabLatex, BracesAndEnvironmentsBalance) {
  LabSheet sheet = Sheet();
  sheet.objective = sample::kHostile + " \\end{document} }{ $x_1^2$ 50 % & # ~";
  const Document document = WriteLabLatex(sample::Sample(), {.lab = &sheet});
  std::vector<std::string> texts{document.text};
  for (const File& file : document.beside) {
    if (file.name.ends_with(".tex")) texts.push_back(file.bytes);
  }
  ASSERT_EQ(texts.size(), 2u);
  for (const std::string& text : texts) {
    int depth = 0;
    bool comment = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\n') comment = false;
      if (comment) continue;
      if (text[i] == '\\') {
        ++i;  // an escaped character, or the first letter of a command
      } else if (text[i] == '%') {
        comment = true;
      } else if (text[i] == '{') {
        ++depth;
      } else if (text[i] == '}') {
        ASSERT_GE(--depth, 0) << text.substr(i > 80 ? i - 80 : 0, 80);
      }
    }
    EXPECT_EQ(depth, 0);
  }
  static const std::regex kEnvironment(R"(\\(begin|end)\{([a-z]+)\})");
  std::vector<std::string> open;
  // The first pair stands in the definition of \prompt.
  for (std::sregex_iterator it(document.text.begin(), document.text.end(), kEnvironment), end;
       it != end; ++it) {
    if ((*it)[1] == "begin") {
      open.push_back((*it)[2]);
      continue;
    }
    ASSERT_FALSE(open.empty());
    EXPECT_EQ(open.back(), (*it)[2]);
    open.pop_back();
  }
  EXPECT_TRUE(open.empty());
}

TEST(LabLatex, EveryMacroIsDefinedOnceOfLettersAloneAndEveryUsedOneIsDefined) {
  const Document document = WriteLabLatex(sample::Sample(), {});
  const auto file = std::ranges::find(document.beside, "bulkhead-results.tex", &File::name);
  ASSERT_NE(file, document.beside.end());
  std::set<std::string> defined;
  static const std::regex kDefinition(R"(\\newcommand\{\\([^}]*)\})");
  for (std::sregex_iterator it(file->bytes.begin(), file->bytes.end(), kDefinition), end; it != end;
       ++it) {
    const std::string name = (*it)[1];
    EXPECT_TRUE(std::ranges::all_of(name, [](unsigned char c) { return std::isalpha(c) != 0; }))
        << name;
    EXPECT_TRUE(defined.insert(name).second) << name;
  }
  EXPECT_TRUE(defined.contains("bhCrashProcessContainedTrials"));
  EXPECT_TRUE(defined.contains("bhCrashProcessContainedVerdict"));
  EXPECT_TRUE(defined.contains("bhRunExecutedTrials"));
  static const std::regex kUse(R"(\\(bh[A-Za-z]+)\{\})");
  std::size_t uses = 0;
  for (std::sregex_iterator it(document.text.begin(), document.text.end(), kUse), end; it != end;
       ++it, ++uses) {
    EXPECT_TRUE(defined.contains((*it)[1])) << (*it)[1];
  }
  EXPECT_GE(uses, defined.size());
}

TEST(LabLatex, TwoValuesNeverShareAMacro) {
  lab::latex::MacroNames names;
  EXPECT_EQ(names.Of("a.b-c trials", "1").name, "bhABCTrials");
  EXPECT_EQ(names.Of("a-b.c trials", "1").name, "bhABCTrialsAgain");
  EXPECT_EQ(names.Of("a.b-c trials", "2").name, "bhABCTrialsAgainAgain");
  EXPECT_EQ(names.Of("a.b-c trials", "1").name, "bhABCTrials");
  EXPECT_FALSE(names.Of("a.b-c trials", "1").is_new);
  EXPECT_EQ(names.Of("ipv6 64k", "1").name, "bhIpvSixSixFourK");
}

TEST(LabLatex, ForeignTextIsText) {
  EXPECT_EQ(lab::latex::Escape("50 % & \\input{x}$"),
            "50 \\% \\& \\textbackslash{}input\\{x\\}\\$");
  EXPECT_EQ(lab::latex::Escape("≤ é 中"), "$\\leq$ é {[}U+4E2D{]}");
  EXPECT_EQ(lab::latex::Escape("--seed"), "-{}-{}seed");
}

}  // namespace
}  // namespace bulkhead
