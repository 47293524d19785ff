#include "reports/test_points.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "harness/judge/judge.h"
#include "tests/reports/sample_report.h"

namespace bulkhead {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TestPoint Point(const RunReport& report, std::string_view claim) {
  for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
    if (report.verdicts[i].claim == claim) return PointOf(report, i);
  }
  ADD_FAILURE() << claim;
  return {};
}

TEST(TestPoints, AnUnexpectedVerdictIsAFailureWithItsEvidence) {
  const TestPoint point = Point(sample::Sample(), "memory.process-private");
  EXPECT_EQ(point.mark, Mark::kFailed);
  EXPECT_EQ(point.type, "unexpected-verdict");
  std::string all;
  for (const std::string& line : point.details) all += line + "\n";
  EXPECT_THAT(all, HasSubstr("verdict: refuted. Refuted in trial 17"));
  EXPECT_THAT(all, HasSubstr("expectation: This is not as expected"));
  EXPECT_THAT(all, HasSubstr("trial 17: evil"));
  EXPECT_THAT(all, HasSubstr("firing: the act comes next"));
  EXPECT_THAT(all, HasSubstr("output: terminate called"));
  EXPECT_EQ(point.details.back(), "more: bulkhead explain memory.process-private");
}

TEST(TestPoints, WhatIsUndecidedOrBrokenIsAnError) {
  RunReport report = sample::Sample();
  report.verdicts[3].as_expected.reset();  // as the judge leaves it
  EXPECT_EQ(Point(report, "crash.hang-contained").type, "inconclusive");
  EXPECT_EQ(Point(report, "corruption.process-contained").type, "control-failed");
  EXPECT_EQ(Point(report, "resource.process-own-descriptors").type, "broken");
  for (const char* claim : {"crash.hang-contained", "corruption.process-contained",
                            "resource.process-own-descriptors"}) {
    EXPECT_EQ(Point(report, claim).mark, Mark::kError) << claim;
  }
}

TEST(TestPoints, AMissingCapabilityIsSkippedWithTheReason) {
  const TestPoint point = Point(sample::Sample(), "crash.namespace-contained");
  EXPECT_EQ(point.mark, Mark::kSkipped);
  EXPECT_EQ(point.message,
            "not-applicable: PID namespaces are refused: clone3: Operation not permitted");
}

TEST(TestPoints, RefutedAsExpectedIsOk) {
  RunReport report = sample::Sample();
  report.plan.claims[1].expect = Outcome::kRefuted;
  report.verdicts[1].as_expected = true;
  const TestPoint point = PointOf(report, 1);
  EXPECT_EQ(point.mark, Mark::kOk);
  EXPECT_THAT(point.message, HasSubstr("refuted: "));
  for (const TestPoint& cell : CellPointsOf(report, 1)) EXPECT_EQ(cell.mark, Mark::kOk);
}

TEST(TestPoints, GroupsKeepTheOrderOfTheClaims) {
  const std::vector<TestGroup> groups = GroupsOf(sample::Sample());
  EXPECT_EQ(groups[0].name, "crash");
  EXPECT_THAT(groups[0].verdicts, ElementsAre(0, 2, 3, 5));
  EXPECT_EQ(groups[1].name, "memory");
}

TEST(TestPoints, WhatIsWrongWithAClaimIsWrongInItsCellsToo) {
  RunReport report = sample::Sample();
  const std::size_t ratio = 7;  // it has no cell
  report.verdicts[ratio].as_expected = false;
  for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
    const Mark whole = PointOf(report, i).mark;
    const std::vector<TestPoint> cells = CellPointsOf(report, i);
    ASSERT_FALSE(cells.empty());
    EXPECT_EQ(IsBad(MarkOf(cells)), IsBad(whole)) << report.verdicts[i].claim;
  }
  EXPECT_EQ(CellPointsOf(report, ratio).back().name, "claim");
}

std::vector<TestPoint> AllPoints(const RunReport& report) {
  std::vector<TestPoint> points = RunPointsOf(report);
  for (std::size_t i = 0; i < report.verdicts.size(); ++i) points.push_back(PointOf(report, i));
  return points;
}

// The report with one thing wrong, or nothing.
RunReport Sound() {
  RunReport report = sample::Sample();
  for (std::size_t i = report.verdicts.size(); i-- > 0;) {
    const Outcome outcome = report.verdicts[i].outcome;
    if (outcome == Outcome::kSupported) continue;
    report.verdicts.erase(report.verdicts.begin() + static_cast<std::ptrdiff_t>(i));
    report.plan.claims.erase(report.plan.claims.begin() + static_cast<std::ptrdiff_t>(i));
  }
  for (Verdict& verdict : report.verdicts) verdict.as_expected = true;
  report.broken.clear();
  report.end.accounting.broken = 0;
  return report;
}

TEST(TestPoints, NothingIsBadExactlyWhereTheExitCodeIsZero) {
  const auto check = [](const RunReport& report, int code) {
    ASSERT_EQ(ExitCodeOf(report), code);
    const std::vector<TestPoint> points = AllPoints(report);
    const auto any = [&](Mark mark) {
      return std::ranges::find(points, mark, &TestPoint::mark) != points.end();
    };
    EXPECT_EQ(any(Mark::kFailed) || any(Mark::kError), code != 0) << code;
    EXPECT_EQ(any(Mark::kFailed), code == 1) << code;
  };
  RunReport report = Sound();
  check(report, 0);
  report.verdicts[0].as_expected = false;
  check(report, 1);
  report = Sound();
  report.complete = false;
  check(report, 3);
  report = Sound();
  report.verdicts[0].cells[0].executed = 5;
  check(report, 3);
  report = Sound();
  report.verdicts[0].control_failed = true;
  check(report, 4);
  report = Sound();
  report.end.accounting.broken = 1;
  check(report, 4);
  report = Sound();
  report.end.accounting.executed = 0;
  check(report, 5);
  report = Sound();
  report.end.interrupted = true;
  check(report, 130);
}

}  // namespace
}  // namespace bulkhead
