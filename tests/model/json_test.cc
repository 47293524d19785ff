#include "harness/model/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <limits>
#include <nlohmann/json.hpp>

#include "tests/model/full_records.h"

namespace bulkhead {
namespace {

using namespace full_records;  // NOLINT: test data of this folder
using nlohmann::json;
using testing::HasSubstr;

template <typename T>
T Back(const T& record) {
  const Expected<Record> back = DecodeRecord(EncodeRecord(record));
  EXPECT_TRUE(back) << back.error().message;
  if (!back) return T{};
  // The second encoding shows every field that the first one has.
  EXPECT_EQ(EncodeRecord(*back), EncodeRecord(record));
  return std::get<T>(*back);
}

std::string Refused(const json& record) {
  const Expected<Record> back = DecodeRecord(record.dump());
  EXPECT_FALSE(back) << record;
  return back ? "" : back.error().message;
}

TEST(Json, TrialComesBackWhole) {
  const Trial trial = FullTrial();
  const Trial back = Back(trial);
  EXPECT_EQ(back.plan.id, kHuge);
  EXPECT_EQ(back.plan.seed, kHuge);
  EXPECT_EQ(back.plan.cell, trial.plan.cell);
  EXPECT_EQ(back.plan.arm, Arm::kPositive);
  EXPECT_EQ(back.plan.hit, Hit::kProbe);
  EXPECT_EQ(back.plan.bystanders, 3u);
  EXPECT_EQ(back.output, trial.output);
  EXPECT_EQ(back.trouble, "EMFILE");
  ASSERT_EQ(back.observations.size(), trial.observations.size());
  for (std::size_t i = 0; i < trial.observations.size(); ++i) {
    EXPECT_EQ(back.observations[i].at, trial.observations[i].at);
    EXPECT_EQ(back.observations[i].unit, trial.observations[i].unit);
    EXPECT_EQ(back.observations[i].event.index(), trial.observations[i].event.index());
  }
  EXPECT_EQ(std::get<Faulted>(back.observations[5].event).address, kHuge);
  EXPECT_EQ(std::get<Samples>(back.observations[17].event).values[1], kHuge);
}

TEST(Json, EveryEventHasAnEncoding) {
  std::vector<bool> seen(std::variant_size_v<Event>);
  for (const Observation& observation : FullTrial().observations) {
    seen[observation.event.index()] = true;
  }
  EXPECT_THAT(seen, testing::Each(true));
}

TEST(Json, ExtremeTimesComeBack) {
  Trial trial;
  trial.observations.push_back({-1, 0, Armed{}});
  trial.observations.push_back({kLongAgo / 2, 0, Armed{}});
  EXPECT_EQ(Back(trial).observations[1].at, kLongAgo / 2);
}

TEST(Json, PlanComesBackWhole) {
  const RunPlan plan = FullPlan(), back = Back(plan);
  EXPECT_EQ(back.seed, kHuge);
  EXPECT_EQ(back.confidence, 0.975);
  EXPECT_EQ(back.stopping.enough, 11u);
  ASSERT_EQ(back.claims.size(), 2u);
  EXPECT_EQ(back.claims[0].experiment, plan.claims[0].experiment);
  EXPECT_EQ(back.claims[0].sources, plan.claims[0].sources);
  EXPECT_EQ(back.claims[0].text, plan.claims[0].text);
  EXPECT_EQ(back.claims[0].expect, Outcome::kConditional);
  EXPECT_EQ(back.claims[0].target, 0.1);
  EXPECT_FALSE(back.claims[1].expect);
  EXPECT_EQ(back.scenarios.at(0).manifest, plan.scenarios[0].manifest);
  EXPECT_EQ(back.cells.at(1).not_applicable, "refused");
  EXPECT_EQ(back.envelope.fields.at(0).key, "kernel.release");
  EXPECT_EQ(back.blind, plan.blind);
  EXPECT_EQ(back.profile, plan.profile);
  EXPECT_EQ(back.undecided_is_fine, plan.undecided_is_fine);
  EXPECT_EQ(back.estimate, plan.estimate);
  EXPECT_EQ(back.cleaned_up, plan.cleaned_up);
  ASSERT_TRUE(back.replay);
  EXPECT_EQ(back.replay->run_id, plan.replay->run_id);
  EXPECT_EQ(back.replay->cpu, 3);
  EXPECT_TRUE(back.replay->same_layout);
  const TrialPlan &trial = back.replay->trial, &planned = plan.replay->trial;
  EXPECT_EQ(
      std::tie(trial.id, trial.block, trial.cell, trial.arm, trial.hit, trial.seed),
      std::tie(planned.id, planned.block, planned.cell, planned.arm, planned.hit, planned.seed));
  EXPECT_EQ(trial.bystanders, planned.bystanders);
}

TEST(Json, AnOrdinaryPlanReplaysNothing) {
  EXPECT_FALSE(json::parse(EncodeRecord(RunPlan{})).contains("replay"));
  EXPECT_FALSE(Back(RunPlan{}).replay);
}

TEST(Json, HonestPlanNamesNoBlindObserver) {
  EXPECT_FALSE(json::parse(EncodeRecord(RunPlan{})).contains("blind"));
  EXPECT_TRUE(Back(RunPlan{}).blind.empty());
}

TEST(Json, SmallRecordsComeBackWhole) {
  const auto block = Back(BlockStarted{3, kStorePidns, 1, 100, 50, 1, kSecond});
  EXPECT_EQ(block.cell, kStorePidns);
  EXPECT_EQ(block.trials, 50u);
  const auto intent = Back(SignalIntent{9, 2, 4711, SIGTERM, "ladder", 5});
  EXPECT_EQ(intent.pid, 4711);
  EXPECT_EQ(intent.why, "ladder");
  EXPECT_EQ(Back(BrokenCell{kOtherFork, "why"}).why, "why");
  EXPECT_EQ(Back(Leak{4, kOtherFork, "process 4711"}).what, "process 4711");
  RunEnd end;
  end.accounting = {10, 7, 2, 1, {{"enough was found", 2}}};
  end.interrupted = true;
  end.took = 99;
  const auto back = Back(end);
  EXPECT_EQ(back.accounting.skipped_because.at("enough was found"), 2u);
  EXPECT_TRUE(back.interrupted);
}

TEST(Json, TextThatIsNotUtf8IsReplacedAndNeverThrows) {
  Trial trial;
  trial.output = "ok \xff\xc3( \x01 </script>";
  const Trial back = std::get<Trial>(*DecodeRecord(EncodeRecord(trial)));
  EXPECT_THAT(back.output, HasSubstr("\xef\xbf\xbd"));
  EXPECT_THAT(back.output, HasSubstr("</script>"));
}

TEST(Json, TheRationaleOfAnOlderJournalIsEnglish) {
  json plan = json::parse(EncodeRecord(FullPlan()));
  ASSERT_EQ(plan["claims"][0]["rationale"], json({{"en", "why"}, {"id", "mengapa"}}));
  plan["claims"][0]["rationale"] = "why";
  plan["claims"][1]["rationale"] = "";
  const auto back = DecodeRecord(plan.dump());
  ASSERT_TRUE(back) << back.error().message;
  const std::vector<Claim>& claims = std::get<RunPlan>(*back).claims;
  EXPECT_EQ(claims[0].rationale, (std::map<std::string, std::string>{{"en", "why"}}));
  EXPECT_TRUE(claims[1].rationale.empty());
}

TEST(Json, RecordIsOneLine) { EXPECT_EQ(EncodeRecord(FullTrial()).find('\n'), std::string::npos); }

TEST(Json, UsualTrialIsShort) {
  Trial trial;
  trial.plan.cell = kStoreFork;
  for (std::uint32_t unit = 0; unit < 3; ++unit) {
    for (const Event& event : {Event{Launched{4711}}, Event{Ready{1}}, Event{Challenged{}},
                               Event{Answered{true, 0, 0, 5}}, Event{Ended{}}}) {
      trial.observations.push_back({123456, unit, event});
    }
  }
  EXPECT_LT(EncodeRecord(trial).size(), 700u);
}

// ---- What is refused, and how.

json Encoded(const Record& record) { return json::parse(EncodeRecord(record)); }

TEST(JsonRefusal, NotJson) {
  for (const char* text : {"", "{", "nonsense", "{\"kind\":\"trial\"", "\xff"}) {
    EXPECT_THAT(DecodeRecord(text).error().message, HasSubstr("not JSON"));
  }
  for (const char* text : {"null", "[]", "7", "\"trial\""}) {
    EXPECT_THAT(DecodeRecord(text).error().message, HasSubstr("expected an object"));
  }
}

TEST(JsonRefusal, UnknownKindNamesTheKnown) {
  EXPECT_THAT(Refused({{"kind", "trail"}}), HasSubstr("expected one of plan"));
  EXPECT_THAT(Refused(json::object()), HasSubstr("\"kind\" is missing"));
  EXPECT_THAT(Refused({{"kind", 3}}), HasSubstr("expected a string, found 3"));
}

TEST(JsonRefusal, EveryMissingKeyIsNamed) {
  const auto optional = [](const std::string& key) {
    return key == "output" || key == "trouble" || key == "blind" || key == "profile" ||
           key == "undecided_is_fine" || key == "estimate" || key == "cleaned_up" ||
           key == "replay" || key == "format";  // its own test
  };
  for (const Record& record : {Record(FullTrial()), Record(FullPlan()), Record(BlockStarted{}),
                               Record(SignalIntent{}), Record(RunEnd{}), Record(Leak{})}) {
    json whole = Encoded(record);
    if (whole.contains("cell")) whole["cell"] = "a/fork";
    for (const auto& [key, value] : whole.items()) {
      if (optional(key)) continue;
      json part = whole;
      part.erase(key);
      EXPECT_THAT(Refused(part), HasSubstr("\"" + key + "\" is missing"));
    }
  }
}

TEST(JsonRefusal, EveryWrongTypeIsNamed) {
  for (const Record& record : {Record(FullTrial()), Record(FullPlan()), Record(RunEnd{})}) {
    const json whole = Encoded(record);
    for (const auto& [key, value] : whole.items()) {
      if (key == "format") continue;
      json part = whole;
      part[key] = nullptr;
      EXPECT_THAT(Refused(part), HasSubstr("\"" + key + "\": expected"));
    }
  }
}

TEST(JsonRefusal, PlanOfAnotherFormatIsNamedBeforeAnythingElse) {
  EXPECT_THAT(Refused({{"kind", "plan"}, {"format", 2}}),
              HasSubstr("written by another version of bulkhead (format 2; this one reads 1)"));
  json plan = Encoded(FullPlan());
  plan.erase("format");
  EXPECT_THAT(Refused(plan), HasSubstr("(no format number; this one reads 1)"));
  plan["format"] = "x";
  EXPECT_THAT(Refused(plan), HasSubstr("another version"));
}

TEST(JsonRefusal, UnknownNamesNameTheKnown) {
  json trial = Encoded(FullTrial());
  trial["arm"] = "leg";
  EXPECT_THAT(Refused(trial), HasSubstr("treatment, no-fault, positive, found \"leg\""));
  trial = Encoded(FullTrial());
  trial["cell"] = "null-store/boat";
  EXPECT_THAT(Refused(trial), HasSubstr("known vehicle"));
  trial["cell"] = "null-store";
  EXPECT_THAT(Refused(trial), HasSubstr("scenario/vehicle"));
}

TEST(JsonRefusal, NumbersMustFit) {
  json trial = Encoded(FullTrial());
  trial["bystanders"] = -1;
  EXPECT_THAT(Refused(trial), HasSubstr("non-negative integer"));
  trial["bystanders"] = 1e3;
  EXPECT_THAT(Refused(trial), HasSubstr("integer"));
  trial["bystanders"] = 4'000'000'000u;
  EXPECT_THAT(Refused(trial), HasSubstr("at most 4096"));
  trial = Encoded(FullTrial());
  for (const char* seed : {"12", "0x", "0xg", "0x11111111111111111", "0x-1"}) {
    trial["seed"] = seed;
    EXPECT_THAT(Refused(trial), HasSubstr("hexadecimal"));
  }
  json plan = Encoded(FullPlan());
  plan["confidence"] = 1.0;
  EXPECT_THAT(Refused(plan), HasSubstr("between 0 and 1"));
}

TEST(JsonRefusal, EventsMustBeOfTheForm) {
  json trial = Encoded(FullTrial());
  const auto with = [&](json event) {
    trial["seen"] = json::array({std::move(event)});
    trial["after"] = json::array({0});
    return Refused(trial);
  };
  EXPECT_THAT(with({0, "exploded"}), HasSubstr("known event"));
  EXPECT_THAT(with(json::array({0})), HasSubstr("more than 1"));
  EXPECT_THAT(with({0, "armed", 1}), HasSubstr("a list of 2 elements"));
  EXPECT_THAT(with({0, "ended", true}), HasSubstr("elements"));
  EXPECT_THAT(with({0, "ended", 1, 11, false, 0, 0, 0}), HasSubstr("true or false"));
  EXPECT_THAT(with({0, "doing", "SS", 0, 0}), HasSubstr("one letter"));
  EXPECT_THAT(with({0, "launched", 3'000'000'000}), HasSubstr("fits"));
  EXPECT_THAT(with("armed"), HasSubstr("a list"));
  trial["after"] = json::array();
  trial["seen"] = json::array({json::array({0, "armed"})});
  EXPECT_THAT(Refused(trial), HasSubstr("a list of 1 elements"));
}

TEST(JsonRefusal, RatioClaimNeedsItsRatio) {
  json plan = Encoded(FullPlan());
  plan["claims"][0]["experiment"].erase("ratio");
  EXPECT_THAT(Refused(plan), HasSubstr("ratio"));
}

TEST(JsonRefusal, UnknownKeysAreLeftToLaterVersions) {
  json trial = Encoded(FullTrial());
  trial["sequence"] = 12;
  EXPECT_TRUE(DecodeRecord(trial.dump()));
}

}  // namespace
}  // namespace bulkhead
