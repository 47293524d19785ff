#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <sstream>

#include "reports/writer.h"
#include "tests/reports/sample_report.h"

namespace bulkhead {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Prometheus, TheVerdictIsOneOfASetOfStates) {
  const std::string text = WritePrometheus(sample::Sample(), {}).text;
  EXPECT_THAT(
      text,
      HasSubstr(
          "bulkhead_claim_verdict{claim=\"crash.process-contained\",verdict=\"supported\"} 1"));
  EXPECT_THAT(
      text,
      HasSubstr("bulkhead_claim_verdict{claim=\"crash.process-contained\",verdict=\"refuted\"} 0"));
  EXPECT_THAT(text, HasSubstr("bulkhead_claim_as_expected{claim=\"memory.process-private\"} 0"));
  EXPECT_THAT(text, Not(HasSubstr("as_expected{claim=\"corruption.process-contained\"}")));
}

TEST(Prometheus, EveryLineIsAHeadOrASampleOfTheMetricBefore) {
  std::istringstream lines(WritePrometheus(sample::Sample(), {}).text);
  std::set<std::string> seen;
  std::string metric;
  const std::regex sample(R"re(([a-z_]+)(\{([a-z]+="([^"\\]|\\.)*",?)+\})? [0-9.e+-]+)re");
  for (std::string line; std::getline(lines, line);) {
    std::smatch parts;
    if (line.starts_with("# HELP ")) {
      metric = line.substr(7, line.find(' ', 7) - 7);
      EXPECT_TRUE(seen.insert(metric).second) << metric << " has two heads";
    } else if (!line.starts_with("# TYPE " + metric + " gauge")) {
      ASSERT_TRUE(std::regex_match(line, parts, sample)) << line;
      EXPECT_EQ(parts[1], metric);
    }
  }
}

TEST(Prometheus, TheStartIsInSecondsOfUnixTime) {
  RunReport report = sample::Sample();
  EXPECT_THAT(WritePrometheus(report, {}).text,
              HasSubstr("bulkhead_run_started_timestamp_seconds 1768472100\n"));
  for (const char* odd : {"", "yesterday", "2026-13-15T10:15:00Z", "2026-01-15T10:15:00+01:00"}) {
    report.plan.started = odd;
    EXPECT_THAT(WritePrometheus(report, {}).text, Not(HasSubstr("started_timestamp"))) << odd;
  }
}

TEST(Prometheus, LabelsAreEscapedAndNameNobody) {
  RunReport report = sample::Sample();
  report.verdicts[0].claim = "a\"b\\c\nd";
  const std::string text = WritePrometheus(report, {}).text;
  EXPECT_THAT(text, HasSubstr("{claim=\"a\\\"b\\\\c d\","));
  EXPECT_THAT(text, Not(HasSubstr("buildhost7")));
}

}  // namespace
}  // namespace bulkhead
