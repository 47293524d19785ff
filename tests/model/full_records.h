// Records in which every field has a value of its own.
#ifndef BULKHEAD_TESTS_MODEL_FULL_RECORDS_H_
#define BULKHEAD_TESTS_MODEL_FULL_RECORDS_H_

#include <csignal>
#include <limits>

#include "harness/model/json.h"

namespace bulkhead::full_records {

inline constexpr std::uint64_t kHuge = 0xfedcba9876543210u;  // a double would round it
inline constexpr Nanoseconds kLongAgo = std::numeric_limits<Nanoseconds>::min();

// Named, not written in place: gcc 12 warns wrongly of nested temporaries that hold a string.
inline const CellKey kStoreFork{"null-store", VehicleKind::kFork};
inline const CellKey kStorePidns{"null-store", VehicleKind::kPidns};
inline const CellKey kStoreCloneVm{"null-store", VehicleKind::kCloneVm};
inline const CellKey kOtherFork{"x", VehicleKind::kFork};

inline Trial FullTrial() {
  Trial trial;
  trial.plan = {kHuge, 7, kStoreCloneVm, Arm::kPositive, Hit::kProbe, kHuge, 3};
  trial.started = 5 * kSecond;
  trial.took = 1234567;
  trial.output = "tail of \"stderr\"\n\x1b[31m";
  trial.trouble = "EMFILE";
  const Event events[] = {Launched{4711},
                          Ready{-3},
                          Armed{},
                          Firing{},
                          Returned{},
                          Faulted{SIGSEGV, 128, kHuge, kHuge - 1, 12},
                          Ended{true, SIGSEGV, true, 10, 20, 3000},
                          Ended{false, 139, false, 1, 2, 3},
                          TaskGone{},
                          Doing{'S', 5, 202},
                          TargetRead{true},
                          Challenged{},
                          Answered{false, 64, 2, kHuge},
                          Silent{100 * kMillisecond},
                          ChannelClosed{},
                          Reading{"global", kHuge, true},
                          Region{"stack", kHuge, 4096},
                          Samples{"thread", {1, kHuge, 3}},
                          SignalSent{SIGKILL, "stop ladder"},
                          NotReaped{},
                          Garbage{"12 bytes of type 99"},
                          OomKilled{1}};
  Nanoseconds at = 100;
  std::uint32_t unit = 0;
  for (const Event& event : events) {
    trial.observations.push_back({at, unit++ % 4, event});
    at += unit % 3 == 0 ? -70 : 900;  // units' clocks may be read late
  }
  return trial;
}

inline RunPlan FullPlan() {
  RunPlan plan;
  plan.run_id = "20261121-1";
  plan.tool_version = "0.1.0";
  plan.command_line = "bulkhead run \"x\"";
  plan.started = "2026-11-21T10:00:00Z";
  plan.seed = kHuge;
  plan.confidence = 0.975;
  plan.jobs = 4;
  plan.profile = "smoke";
  plan.undecided_is_fine = true;
  plan.estimate = 7'000'000'000;
  plan.cleaned_up = {"cleaned up after the run of process 4711", "and another"};
  plan.stopping.enough = 11;
  Claim claim;
  claim.id = "a.b";
  claim.quantifier = Quantifier::kRatio;
  claim.text = {{"en", "Text"}, {"pt", "Ação"}};
  claim.original = "pt";
  claim.sources = {{"S0", "file.txt", "pt", "Título"}};
  claim.rationale = {{"en", "why"}, {"id", "mengapa"}};
  claim.experiment = {{"t"},
                      {"n"},
                      {"e"},
                      {VehicleKind::kFork, VehicleKind::kPidns},
                      Finding::kRegionShared,
                      {"global"},
                      RatioSpec{"process", "thread", 1.5}};
  claim.target = 0.1;
  claim.expect = Outcome::kConditional;
  claim.file = "x.toml";
  claim.line = 12;
  plan.claims = {claim, Claim{}};
  Scenario scenario;
  scenario.manifest = {"null-store",
                       "Sums up.",
                       {"fatal"},
                       ScenarioKind::kProbe,
                       Danger::kHeavy,
                       true,
                       true,
                       true,
                       {{EndKind::kSignal, SIGSEGV}, {EndKind::kReturn, 0}},
                       {"CAP_X"}};
  scenario.plugin_path = "/p.so";
  scenario.plugin_digest = "abc";
  plan.scenarios = {scenario};
  plan.cells = {{kStoreFork, 299, 20, 5, ""}, {kStorePidns, 1, 2, 3, "refused"}};
  plan.envelope.fields = {{"kernel.release", "6.1"}, {"cpu.model", "x"}};
  plan.blind = {"canary", "heartbeat"};
  Replay replay{"20261120-1", {}, 3, true};
  replay.trial = {17, 4, kStoreFork, Arm::kPositive, Hit::kStop, kHuge, 2};
  plan.replay = replay;
  return plan;
}

}  // namespace bulkhead::full_records

#endif  // BULKHEAD_TESTS_MODEL_FULL_RECORDS_H_
