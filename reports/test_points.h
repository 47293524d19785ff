// A run as formats of test results see it: points that are ok, failed, in error or skipped.  A
// claim is a point, for a dead victim is no failure and an unexpected verdict is one.  All points
// are ok or skipped exactly where the run's exit code is 0.
//
// Runs in: anywhere.  Pure functions; all text is harmless, each on one line.
#ifndef BULKHEAD_REPORTS_TEST_POINTS_H_
#define BULKHEAD_REPORTS_TEST_POINTS_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/run_report.h"

namespace bulkhead {

enum class Mark { kOk, kFailed, kError, kSkipped };

struct TestPoint {
  std::string name;
  Mark mark = Mark::kOk;
  std::string_view type;  // of failures and errors: "unexpected-verdict", "inconclusive" ...
  std::string message;    // one sentence; of all marks
  std::vector<std::string> details;  // of bad ones: evidence, and what to do next
};

// Claims of one group: what their ids begin with, "crash" of "crash.process-contained".
struct TestGroup {
  std::string name;
  std::vector<std::size_t> verdicts;  // indices in the report
};
std::vector<TestGroup> GroupsOf(const RunReport& report);

TestPoint PointOf(const RunReport& report, std::size_t verdict);
// Its cells.  Where none of them bears what is wrong with the claim, the claim itself comes last.
std::vector<TestPoint> CellPointsOf(const RunReport& report, std::size_t verdict);
// What concerns the run and no claim: its accounting, its controls, what was left behind.
std::vector<TestPoint> RunPointsOf(const RunReport& report);
inline constexpr char kRunGroup[] = "bulkhead";

// The worst mark of them: error, failure, ok; skipped only if all are.
Mark MarkOf(const std::vector<TestPoint>& points);
inline bool IsBad(Mark mark) { return mark == Mark::kFailed || mark == Mark::kError; }

}  // namespace bulkhead

#endif  // BULKHEAD_REPORTS_TEST_POINTS_H_
