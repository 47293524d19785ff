#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "reports/csv_row.h"
#include "reports/writer.h"
#include "tests/reports/sample_report.h"
#include "tests/reports/written.h"

namespace bulkhead {
namespace {

using ::testing::HasSubstr;

using Table = std::vector<std::map<std::string, std::string>>;

// RFC 4180 to the letter; rows by title.
Table Parse(const std::string& text) {
  std::vector<std::vector<std::string>> rows{{""}};
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    std::string& field = rows.back().back();
    if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
      field += text[++i];
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && c == ',') {
      rows.back().emplace_back();
    } else if (!quoted && c == '\r') {
      EXPECT_EQ(text.at(++i), '\n');
      if (i + 1 < text.size()) rows.push_back({""});
    } else {
      EXPECT_NE(c, '\n');
      field += c;
    }
  }
  EXPECT_FALSE(quoted);
  Table table;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    EXPECT_EQ(rows[i].size(), rows[0].size());
    std::map<std::string, std::string>& row = table.emplace_back();
    for (std::size_t j = 0; j < rows[0].size(); ++j) row[rows[0][j]] = rows[i].at(j);
  }
  return table;
}

Table Of(const char* format, const RunReport& report) {
  return Parse(sample::Written(*FindWriter(format), report));
}

TEST(Csv, EveryClaimIsARow) {
  const RunReport report = sample::Sample();
  Table table = Of("csv-claims", report);
  ASSERT_EQ(table.size(), report.verdicts.size());
  EXPECT_EQ(table[0]["claim"], "crash.process-contained");
  EXPECT_EQ(table[0]["verdict"], "supported");
  EXPECT_EQ(table[0]["as_expected"], "yes");
  EXPECT_EQ(table[0]["worst_upper"], "0.00997");
  EXPECT_EQ(table[1]["as_expected"], "no");
  EXPECT_EQ(table[4]["as_expected"], "");
  EXPECT_EQ(table[7]["ratio_low"], "7.1");
  EXPECT_THAT(table[0]["sentence"], HasSubstr("2 cells; in each the rate"));
}

TEST(Csv, EveryCellOfEveryClaimIsARow) {
  Table table = Of("csv-cells", sample::Sample());
  ASSERT_EQ(table.size(), 10u);
  EXPECT_EQ(table[0]["scenario"], "null-store");
  EXPECT_EQ(table[0]["vehicle"], "fork");
  EXPECT_EQ(table[0]["victim_fates"], "signaled SIGSEGV (fault): 299");
  EXPECT_EQ(table[0]["positive_failed"], "0");
}

TEST(Csv, EveryTrialIsARowWithWhatTheJudgeDerives) {
  Table table = Of("csv-trials", sample::Sample());
  ASSERT_EQ(table.size(), sample::Sample().decisive.size());
  EXPECT_EQ(table[0]["trial"], "5");
  EXPECT_EQ(table[0]["fired"], "fired");
  EXPECT_EQ(table[0]["victim_fate"], "signaled SIGSEGV (fault)");
  EXPECT_EQ(table[0]["bystander_fates"], "intact; intact");
  EXPECT_EQ(table[0]["counts"], "yes");
  EXPECT_EQ(table[1]["counts"], "no");
  EXPECT_NE(table[1]["why_not_counted"], "");
  const auto& control = table.back();
  EXPECT_EQ(control.at("arm"), "positive");
  EXPECT_NE(control.at("control_failure"), "");
}

TEST(Csv, ATrialWithoutAManifestIsARow) {
  RunReport report = sample::Sample();
  report.plan.scenarios.clear();
  EXPECT_EQ(Of("csv-trials", report)[0]["counts"], "no");
}

TEST(Csv, NoSpreadsheetTakesForeignTextForAFormula) {
  for (const char* formula : {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1"}) {
    EXPECT_EQ(CsvRow().Foreign(formula).Take()[0], '\'') << formula;
  }
  EXPECT_EQ(CsvRow().Foreign("a=1").Take(), "a=1\r\n");
  EXPECT_EQ(CsvRow().Number(-1).Take(), "-1\r\n");
}

TEST(Csv, QuotesCommasAndNewlinesStayWithinTheirColumn) {
  EXPECT_EQ(CsvRow().Foreign("a,\"b\"\nc").Word("d").Take(), "\"a,\"\"b\"\" c\",d\r\n");
}

}  // namespace
}  // namespace bulkhead
