// Laws that hold for every format.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <clocale>
#include <set>

#include "reports/text.h"
#include "reports/writer.h"
#include "tests/reports/sample_report.h"

namespace bulkhead {
namespace {

class EachWriter : public ::testing::TestWithParam<const Writer*> {
 protected:
  std::string Write(const RunReport& report) const { return GetParam()->write(report, {}).text; }
};

std::vector<const Writer*> All() {
  std::vector<const Writer*> all;
  for (const Writer& writer : Writers()) all.push_back(&writer);
  return all;
}

INSTANTIATE_TEST_SUITE_P(Writers, EachWriter, ::testing::ValuesIn(All()), [](const auto& info) {
  std::string name(info.param->name);  // of letters and digits alone
  std::erase(name, '-');
  return name;
});

TEST_P(EachWriter, GivesTheSameBytesForTheSameReport) {
  EXPECT_EQ(Write(sample::Sample()), Write(sample::Sample()));
}

TEST_P(EachWriter, DoesNotAskTheLocale) {
  const std::string before = Write(sample::Sample());
  for (const char* locale : {"de_DE.UTF-8", "pt_BR.UTF-8", "C.UTF-8"}) {
    if (!std::setlocale(LC_ALL, locale)) continue;  // not on this machine
    EXPECT_EQ(Write(sample::Sample()), before) << locale;
  }
  std::setlocale(LC_ALL, "C");
}

TEST_P(EachWriter, WritesAnEmptyReport) { EXPECT_FALSE(Write(RunReport{}).empty()); }

TEST_P(EachWriter, WritesValidUtf8AndNoEscapeSequence) {
  const std::string document = Write(sample::Sample());
  EXPECT_EQ(document.back(), '\n');
  for (const char c : document) EXPECT_FALSE(c >= 0 && c < 0x20 && c != '\n') << int{c};
  // JSON keeps what its strings hold; the others show nothing that is not harmless.
  if (GetParam()->file_name == "results.json") return;
  std::string lines;
  for (const std::string& line : text::Lines(document)) lines += line + "\n";
  EXPECT_EQ(lines, document);
}

TEST(Writers, NoFormatEverSaysProvedOrSafe) {
  static const std::set<std::string> kNever{"proved",     "proven",     "proves",    "proof",
                                            "safe",       "safely",     "safety",    "guaranteed",
                                            "guarantees", "impossible", "certified", "passed"};
  for (const Writer& writer : Writers()) {
    if (writer.file_name == "results.json") continue;  // its keys are names, see below
    std::string word;
    for (const char c : writer.write(sample::Sample(), {.verbose = true}).text + " ") {
      if (std::isalpha(static_cast<unsigned char>(c))) {
        word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        continue;
      }
      EXPECT_FALSE(kNever.contains(word)) << writer.name << " says " << word;
      word.clear();
    }
  }
  const std::string json = WriteResultsJson(sample::Sample(), {}).text;
  for (const char* word : {"proved", "proven", "\"safe", "guarantee"}) {
    EXPECT_EQ(json.find(word), std::string::npos) << word;
  }
}

TEST(Writers, AreFoundByName) {
  std::set<std::string_view> names, files;
  for (const Writer& writer : Writers()) {
    EXPECT_EQ(FindWriter(writer.name), &writer);
    EXPECT_TRUE(names.insert(writer.name).second);
    EXPECT_TRUE(writer.file_name.empty() || files.insert(writer.file_name).second);
    EXPECT_FALSE(writer.summary.empty());
  }
  EXPECT_EQ(FindWriter("pdf"), nullptr);
  EXPECT_EQ(WriterNames().size(), Writers().size());
}

}  // namespace
}  // namespace bulkhead
