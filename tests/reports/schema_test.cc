// results.json keeps its published promise, and the promise is strict enough to be broken.
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/wait.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "harness/model/names.h"
#include "reports/writer.h"
#include "tests/reports/sample_report.h"
#include "tests/reports/written.h"

namespace bulkhead {
namespace {

// Exit codes: 0 valid, 1 not valid, 3 no jsonschema at hand.
constexpr char kCheck[] = R"(
import json, sys
try:
    import jsonschema
except ImportError:
    sys.exit(3)
schema = json.load(open(sys.argv[1], encoding="utf-8"))
cls = jsonschema.validators.validator_for(schema)
cls.check_schema(schema)
def no_nan(name): raise ValueError(name)
text = open(sys.argv[2], encoding="utf-8").read()
lines = text.split("\n")[:-1] if sys.argv[1].endswith("journal-1.schema.json") else [text]
errors = [error for line in lines
          for error in cls(schema).iter_errors(json.loads(line, parse_constant=no_nan))]
for error in errors[:10]:
    print("/".join(map(str, error.absolute_path)), ":", error.message[:300])
sys.exit(1 if errors else 0)
)";

class Schema : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "bulkhead-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    directory_ = pattern;
    std::ofstream(directory_ / "check.py") << kCheck;
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }

  int Check(const std::string& document, const std::string& schema = "results-1") {
    std::ofstream(directory_ / "results.json", std::ios::binary) << document;
    const std::string command = "/usr/bin/python3 '" + (directory_ / "check.py").string() +
                                "' '" BULKHEAD_SOURCE_DIR "/reports/schema/" + schema +
                                ".schema.json' '" + (directory_ / "results.json").string() + "'";
    const int status = std::system(command.c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  std::filesystem::path directory_;
};

#define SKIP_WITHOUT_JSONSCHEMA(code) \
  if ((code) == 3 || (code) == 127) GTEST_SKIP() << "python3-jsonschema is not installed"

TEST_F(Schema, TheSampleIsValid) {
  const int code = Check(WriteResultsJson(sample::Sample(), {}).text);
  SKIP_WITHOUT_JSONSCHEMA(code);
  EXPECT_EQ(code, 0);
}

TEST_F(Schema, AnEmptyReportIsValid) {
  const int code = Check(WriteResultsJson(RunReport{}, {}).text);
  SKIP_WITHOUT_JSONSCHEMA(code);
  EXPECT_EQ(code, 0);
}

TEST_F(Schema, ASeriesHasAQuantileForEachPlaceOfTheGrid) {
  RunReport report = sample::Sample();
  SeriesResult series{"process", 3, 1, 1, 2, 3, 3, {}};
  series.quantiles.assign(kQuantileGrid.size(), 2.5);
  report.verdicts[0].cells[0].series = {series};
  const int code = Check(WriteResultsJson(report, {}).text);
  SKIP_WITHOUT_JSONSCHEMA(code);
  EXPECT_EQ(code, 0);
  report.verdicts[0].cells[0].series[0].quantiles.pop_back();
  EXPECT_EQ(Check(WriteResultsJson(report, {}).text), 1);
}

TEST_F(Schema, AWrongWordOrAnUnknownKeyIsRefused) {
  std::string document = WriteResultsJson(sample::Sample(), {}).text;
  const int code = Check("{}");
  SKIP_WITHOUT_JSONSCHEMA(code);
  EXPECT_EQ(code, 1);
  const std::string word = "\"refuted\"";
  const std::size_t at = document.find(word);
  ASSERT_NE(at, std::string::npos);
  std::string wrong = document;
  wrong.replace(at, word.size(), "\"disproved\"");
  EXPECT_EQ(Check(wrong), 1);
  document.insert(1, "\"surprise\": 1,");
  EXPECT_EQ(Check(document), 1);
}

TEST_F(Schema, EachLineOfTheJournalIsValid) {
  RunReport report = sample::Sample();
  report.plan.blind = {"canary"};
  report.plan.undecided_is_fine = true;
  const std::string lines = sample::Written(*FindWriter("journal"), report);
  const int code = Check(lines, "journal-1");
  SKIP_WITHOUT_JSONSCHEMA(code);
  EXPECT_EQ(code, 0);
  EXPECT_EQ(Check("{\"seq\":1,\"kind\":\"end\"}\n", "journal-1"), 1);
  EXPECT_EQ(Check("{\"seq\":0,\"kind\":\"head\",\"schema_version\":2}\n", "journal-1"), 1);
}

// A word that the model learns must be published.
TEST(SchemaWords, EveryStoredWordIsInTheSchema) {
  std::string schema;
  const auto expect = [&](const std::vector<std::string>& names) {
    for (const std::string& name : names) {
      EXPECT_NE(schema.find("\"" + name + "\""), std::string::npos) << name;
    }
  };
  const auto read = [&](const char* name) {
    std::ifstream file(std::string(BULKHEAD_SOURCE_DIR "/reports/schema/") + name);
    schema.assign(std::istreambuf_iterator<char>(file), {});
  };
  read("journal-1.schema.json");
  expect(AllNames<Arm>());
  expect(AllNames<Hit>());
  expect(AllNames<ScenarioKind>());
  expect(AllNames<Danger>());
  expect(VehicleNames());
  read("results-1.schema.json");
  expect(AllNames<Quantifier>());
  expect(AllNames<Finding>());
  expect(AllNames<Outcome>());
  expect(AllNames<CellState>());
  expect(AllNames<Arm>());
  expect(AllNames<Hit>());
  expect(AllNames<ScenarioKind>());
  expect(VehicleNames());
}

}  // namespace
}  // namespace bulkhead
