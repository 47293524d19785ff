// results.json and envelope.json.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/model/full_records.h"

namespace bulkhead {
namespace {

using namespace full_records;  // NOLINT: test data of this folder
using nlohmann::json;

TEST(Results, DocumentHasEveryPart) {
  RunReport report;
  report.plan = FullPlan();
  report.end.accounting = {10, 7, 2, 1, {{"enough was found", 2}}};
  report.journal_digest = "d1";
  report.exit_code = 3;
  Verdict verdict;
  verdict.claim = "a.b";
  verdict.outcome = Outcome::kConditional;
  verdict.sentence = "It depends \xff.";
  verdict.holds_in = {Message("fork")};
  verdict.ratio = RatioResult{90, 7, 1, 7, 6, 8, kHuge, 2000};
  verdict.as_expected = true;
  CellResult cell;
  cell.cell = kStoreFork;
  cell.state = CellState::kViolated;
  cell.witness = 17;
  cell.victim_fates["signaled SIGSEGV"] = 5;
  cell.positive = {5, 4, Message("trial 3: blind")};
  CellResult race = cell;
  race.replays = 10;
  race.replayed = 7;
  verdict.cells = {cell, race};
  report.verdicts = {verdict, Verdict{}};
  report.broken = {{kOtherFork, "why"}};
  report.leaks = {{1, kOtherFork, "file"}};
  report.decisive[17] = FullTrial();

  const json document = json::parse(EncodeResults(report));
  EXPECT_EQ(document["schema_version"], 1);
  EXPECT_EQ(document["run"]["seed"], "0xfedcba9876543210");
  EXPECT_EQ(document["run"]["journal_digest"], "d1");
  EXPECT_EQ(document["accounting"]["skipped_because"]["enough was found"], 2);
  EXPECT_EQ(document["envelope"]["kernel.release"], "6.1");
  EXPECT_EQ(document["run"]["blind"], json({"canary", "heartbeat"}));
  EXPECT_EQ(document["exit_code"], 3);
  const json& first = document["verdicts"][0];
  EXPECT_EQ(first["outcome"], "conditional");
  EXPECT_EQ(first["sentence"], "It depends \xef\xbf\xbd.");
  EXPECT_EQ(first["text"]["pt"], "Ação");
  EXPECT_EQ(first["as_expected"], true);
  EXPECT_EQ(first["ratio"]["bootstrap_seed"], "0xfedcba9876543210");
  EXPECT_EQ(first["cells"][0]["state"], "violated");
  EXPECT_EQ(first["cells"][0]["vehicle"], "fork");
  EXPECT_EQ(first["cells"][0]["positive"]["first_failure"], "trial 3: blind");
  EXPECT_TRUE(first["cells"][0]["typical"].is_null());
  EXPECT_TRUE(first["cells"][0]["replay"].is_null());
  EXPECT_EQ(first["cells"][1]["replay"], json({{"tried", 10}, {"again", 7}}));
  EXPECT_TRUE(document["verdicts"][1]["ratio"].is_null());
  EXPECT_EQ(document["broken"][0]["cell"], "x/fork");
  EXPECT_EQ(document["leaks"][0]["what"], "file");
  const json& trial = document["decisive_trials"][0];
  EXPECT_EQ(trial["events"].size(), FullTrial().observations.size());
  EXPECT_EQ(trial["events"][5]["signal"], "SIGSEGV");
  EXPECT_EQ(trial["events"][5]["address"], "0xfedcba9876543210");
  EXPECT_EQ(trial["events"][7]["code"], 139);
  EXPECT_EQ(trial["events"][17]["count"], 3);
}

TEST(Results, EmptyReportIsADocument) {
  const std::string text = EncodeResults(RunReport{});
  EXPECT_TRUE(json::parse(text)["verdicts"].empty());
  EXPECT_TRUE(json::parse(text)["run"]["blind"].empty());
  EXPECT_TRUE(text.ends_with("}\n"));
}

TEST(EnvelopeJson, FieldsByKey) {
  const json document = json::parse(EncodeEnvelope({{{"kernel.release", "6.1 \xff"}}}));
  EXPECT_EQ(document["schema_version"], 1);
  EXPECT_EQ(document["fields"]["kernel.release"], "6.1 \xef\xbf\xbd");
}

}  // namespace
}  // namespace bulkhead
