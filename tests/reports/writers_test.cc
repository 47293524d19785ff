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
#include "tests/reports/written.h"

namespace bulkhead {
namespace {

class EachWriter : public ::testing::TestWithParam<const Writer*> {
 protected:
  std::string Write(const RunReport& report) const { return sample::Written(*GetParam(), report); }
};

// The words in them are of others, and their keys are names.
bool IsEvidence(const Writer& writer) { return writer.name == "json" || writer.name == "journal"; }

std::vector<const Writer*> All() {
  std::vector<const Writer*> all;
  for (const Writer& writer : Writers()) all.push_back(&writer);
  return all;
}

INSTANTIATE_TEST_SUITE_P(Writers, EachWriter, ::testing::ValuesIn(All()), [](const auto& info) {
  std::string name(info.param->name);  // of letters and digits alone
  std::ranges::replace(name, '-', '_');
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
  std::string document = Write(sample::Sample());
  EXPECT_EQ(document.back(), '\n');
  const bool csv = GetParam()->name.starts_with("csv-");  // whose lines end in CR LF
  for (const char c : document) {
    EXPECT_FALSE(c >= 0 && c < 0x20 && c != '\n' && !(csv && c == '\r')) << int{c};
  }
  // JSON keeps what its strings hold; the others show nothing that is not harmless.
  if (IsEvidence(*GetParam())) return;
  std::string lines;
  for (const std::string& line : text::Lines(document)) lines += line + "\n";
  if (csv) std::erase(lines, '\r'), std::erase(document, '\r');
  EXPECT_EQ(lines, document);
}

TEST(Writers, NoFormatEverSaysProvedOrSafe) {
  static const std::set<std::string> kNever{"proved",     "proven",     "proves",    "proof",
                                            "safe",       "safely",     "safety",    "guaranteed",
                                            "guarantees", "impossible", "certified", "passed"};
  for (const Writer& writer : Writers()) {
    if (IsEvidence(writer)) continue;  // see below
    std::string word;
    for (const char c : sample::Written(writer, sample::Sample(), {.verbose = true}) + " ") {
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
    EXPECT_NE(writer.write == nullptr, writer.records == nullptr) << writer.name;
  }
  EXPECT_EQ(FindWriter("pdf"), nullptr);
  EXPECT_EQ(WriterNames().size(), Writers().size() + 1);
}

TEST(Writers, CsvStandsForAllTables) {
  std::vector<std::string_view> names;
  for (const Writer* writer : FindWriters("csv")) names.push_back(writer->name);
  EXPECT_THAT(names, ::testing::ElementsAre("csv-claims", "csv-cells", "csv-trials"));
  EXPECT_EQ(FindWriters("junit").size(), 1u);
  EXPECT_TRUE(FindWriters("csv-").empty());
  for (const std::string& name : WriterNames()) EXPECT_FALSE(FindWriters(name).empty()) << name;
}

}  // namespace
}  // namespace bulkhead
