#include "harness/cli/event_stream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

namespace bulkhead {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// What people are told of.
class People : public ProgressListener {
 public:
  void Tick(const Progress&) override { heard.emplace_back("tick"); }
  void TrialSlow(const RunningTrial&) override { heard.emplace_back("slow"); }
  void LeakFound(const Leak&) override { heard.emplace_back("leak"); }
  void ClaimDecided(std::size_t, const Verdict&) override { heard.emplace_back("claim"); }
  void Asked(const Progress&) override { heard.emplace_back("asked"); }
  void Interrupted(int, std::size_t) override { heard.emplace_back("interrupted"); }
  void Notice(const std::string&) override { heard.emplace_back("notice"); }

  std::vector<std::string> heard;
};

class Stdout : public testing::Test {
 protected:
  Stdout() {
    stream_.file = open_memstream(&text_, &size_);
    plan_.claims.resize(2);
    plan_.claims[0].id = "a";
    plan_.claims[1].id = "b";
  }
  ~Stdout() override {
    std::fclose(stream_.file);
    std::free(text_);
  }
  // The names of the events, in order.
  std::vector<std::string> Told() const {
    std::fflush(stream_.file);
    std::vector<std::string> names;
    const std::string text(text_, size_);
    constexpr std::string_view kKey = "\"event\":\"";
    for (std::size_t at = 0; (at = text.find(kKey, at)) != std::string::npos;) {
      at += kKey.size();
      names.push_back(text.substr(at, text.find('"', at) - at));
    }
    EXPECT_EQ(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')), names.size());
    return names;
  }

  char* text_ = nullptr;
  std::size_t size_ = 0;
  Stream stream_;
  RunPlan plan_;
  People people_;
};

TEST_F(Stdout, EveryEventIsALineAndPeopleHearTheSame) {
  EventStream events(stream_, plan_, people_);
  events.Begin("/nowhere/at-all");
  events.Tick({});
  events.TrialSlow({});
  events.LeakFound({});
  events.ClaimDecided(1, Verdict{});
  events.Asked({});
  events.Interrupted(1, 3);
  events.Notice("text");
  EXPECT_THAT(Told(), ElementsAre("run-started", "progress", "trial-slow", "leak", "claim-decided",
                                  "run-status", "notice", "notice"));
  EXPECT_THAT(people_.heard,
              ElementsAre("tick", "slow", "leak", "claim", "asked", "interrupted", "notice"));
}

TEST_F(Stdout, EveryClaimIsToldOnceAndTheEndIsLast) {
  EventStream events(stream_, plan_, people_);
  events.ClaimDecided(1, Verdict{});
  events.ClaimDecided(1, Verdict{});
  RunReport report;
  report.plan = plan_;
  report.verdicts.resize(2);
  events.Finish(report);
  EXPECT_THAT(Told(), ElementsAre("claim-decided", "claim-decided", "run-finished"));
}

TEST_F(Stdout, ProgressIsToldAtMostOnceASecond) {
  EventStream events(stream_, plan_, people_);
  for (int i = 0; i < 1000; ++i) events.Tick({});
  EXPECT_LE(Told().size(), 2u);
  EXPECT_EQ(people_.heard.size(), 1000u);
}

TEST_F(Stdout, WhatIsBlindedIsToldFirst) {
  plan_.blind = {"canary"};
  EventStream events(stream_, plan_, people_);
  events.Begin("");
  EXPECT_THAT(Told(), ElementsAre("run-started", "notice"));
  EXPECT_THAT(std::string(text_, size_), HasSubstr("Blinded on purpose"));
}

}  // namespace
}  // namespace bulkhead
