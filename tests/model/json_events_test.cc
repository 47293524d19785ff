#include "harness/model/json_events.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "harness/model/json.h"
#include "tests/model/full_records.h"

namespace bulkhead {
namespace {

using namespace full_records;  // NOLINT: test data of this folder
using nlohmann::json;

Progress MakeProgress() {
  Progress progress;
  progress.done = 3;
  progress.planned = 10;
  progress.elapsed = kSecond;
  progress.rate = 2.5;
  progress.running = {
      {1,
       17,
       kStoreFork,
       Arm::kTreatment,
       kMillisecond,
       {{"victim", 4711, UnitStage::kActing}, {"bystander 1", 0, UnitStage::kEnded}}}};
  return progress;
}

std::vector<std::string> OneOfEach() {
  const RunPlan plan = FullPlan();
  RunReport report;
  report.plan = plan;
  return {EncodeRunStarted({1, 0}, plan, "dir"),
          EncodeNotice({2, 1}, "torn \xff\n"),
          EncodeProgress({3, 2}, MakeProgress()),
          EncodeTrialSlow({4, 3}, MakeProgress().running[0]),
          EncodeLeak({5, 4}, {3, kStoreFork, "process 7"}),
          EncodeClaimDecided({6, 5}, plan.claims[0], Verdict{}),
          EncodeRunStatus({7, 6}, MakeProgress()),
          EncodeRunFinished({8, 7}, report, "dir", {"results.json"})};
}

TEST(Events, EachIsOneLineThatNamesItsSchemaNumberTimeAndKind) {
  const char* kinds[] = {"run-started", "notice",        "progress",   "trial-slow",
                         "leak",        "claim-decided", "run-status", "run-finished"};
  std::uint64_t number = 0;
  for (const std::string& line : OneOfEach()) {
    EXPECT_EQ(line.find('\n'), std::string::npos);
    const json event = json::parse(line);
    EXPECT_EQ(event["schema"], "bulkhead-events-1");
    EXPECT_EQ(event["event"], kinds[number]);
    EXPECT_EQ(event["at_ns"], number);
    EXPECT_EQ(event["number"], ++number);
  }
}

TEST(Events, TheVerdictIsThatOfTheResults) {
  RunReport report;
  report.plan = FullPlan();
  Verdict verdict;
  verdict.claim = report.plan.claims[0].id;
  verdict.outcome = Outcome::kRefuted;
  verdict.cells.resize(1);
  report.verdicts = {verdict};
  const json event = json::parse(EncodeClaimDecided({1, 0}, report.plan.claims[0], verdict));
  EXPECT_EQ(event["verdict"], json::parse(EncodeResults(report))["verdicts"][0]);
}

TEST(Events, TheStatusHasTheUnitsAndProgressHasNot) {
  const json running = json::parse(EncodeRunStatus({1, 0}, MakeProgress()))["running"][0];
  EXPECT_EQ(running["units"][0]["unit"], "victim");
  EXPECT_EQ(running["units"][0]["pid"], 4711);
  EXPECT_EQ(running["units"][0]["stage"], "acting");
  EXPECT_TRUE(running["units"][1]["pid"].is_null());
  EXPECT_FALSE(json::parse(EncodeProgress({1, 0}, MakeProgress()))["running"][0].contains("units"));
}

TEST(Events, ALeakOfNoKnownCellSaysSo) {
  Leak leak;
  leak.what = "/dev/shm/x";
  EXPECT_TRUE(json::parse(EncodeLeak({1, 0}, leak))["cell"].is_null());
}

TEST(Events, TheLastOneCountsEveryOutcome) {
  RunReport report;
  report.verdicts.resize(3);
  report.verdicts[0].outcome = Outcome::kSupported;
  report.verdicts[1].as_expected = false;
  const json event = json::parse(EncodeRunFinished({1, 0}, report, "dir", {"a", "b/c"}));
  EXPECT_EQ(event["outcomes"]["supported"], 1);
  EXPECT_EQ(event["outcomes"]["inconclusive"], 2);
  EXPECT_EQ(event["outcomes"]["refuted"], 0);
  EXPECT_EQ(event["unexpected"], 1);
  EXPECT_EQ(event["files"], json({"a", "b/c"}));
}

}  // namespace
}  // namespace bulkhead
