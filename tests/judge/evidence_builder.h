// Constructed evidence: trials as the supervisor would record them, in few words.
#ifndef BULKHEAD_TESTS_JUDGE_EVIDENCE_BUILDER_H_
#define BULKHEAD_TESTS_JUDGE_EVIDENCE_BUILDER_H_

#include <csignal>
#include <string>
#include <utility>
#include <vector>

#include "harness/judge/judge.h"
#include "harness/model/scenario.h"
#include "harness/model/trial.h"

namespace bulkhead::evidence {

inline constexpr std::uint32_t kHost = 3;  // with the two bystanders that all trials here have

// One trial; each call appends what happened next.
class Story {
 public:
  explicit Story(VehicleKind vehicle, Arm arm = Arm::kTreatment, Hit hit = Hit::kNone) {
    trial_.plan.id = 1;
    trial_.plan.cell = {"null-store", vehicle};
    trial_.plan.arm = arm;
    trial_.plan.hit = hit;
    trial_.plan.seed = 42;
  }
  explicit Story(Trial trial) : trial_(std::move(trial)) {}
  Story& Then(std::uint32_t unit, Event event) {
    trial_.observations.push_back(
        {static_cast<Nanoseconds>(trial_.observations.size()) * 1000, unit, std::move(event)});
    return *this;
  }
  Story& Fires(std::uint32_t unit = 0) { return Then(unit, Armed{}).Then(unit, Firing{}); }
  Story& Faults(std::uint32_t unit, int signal, int si_code) {
    return Then(unit, Faulted{signal, si_code, 0x10, 0x400000, 7});
  }
  Story& Dies(std::uint32_t unit, int signal) { return Then(unit, Ended{true, signal}); }
  Story& Exits(std::uint32_t unit, int code) { return Then(unit, Ended{false, code}); }
  Story& Answers(std::uint32_t unit, bool right = true) {
    return Then(unit, Challenged{})
        .Then(unit, Answered{right, right ? 0u : 64u, right ? 0u : 1u, 9});
  }
  Story& KeepsSilent(std::uint32_t unit) {
    return Then(unit, Challenged{}).Then(unit, Silent{100 * kMillisecond});
  }
  Story& Killed(std::uint32_t unit, std::uint32_t process, const char* why = "stop ladder") {
    return Then(unit, SignalSent{SIGKILL, why}).Dies(process, SIGKILL);
  }
  Story& BystandersAnswer() { return Answers(1).Answers(2); }
  Story& Released() { return Exits(1, 0).Exits(2, 0); }
  Story& Reads(std::uint32_t unit, const char* name, std::uint64_t value) {
    return Then(unit, Reading{name, value, false});
  }
  Story& ReadsTokenOf(std::uint32_t unit, const char* name, std::uint32_t owner) {
    return Reads(unit, name, TokenOf(trial_.plan.seed, owner));
  }
  Story& Counts(std::uint32_t unit, std::uint64_t base, std::uint64_t added, std::uint64_t total) {
    return Reads(unit, "base", base).Reads(unit, "added", added).Reads(unit, "total", total);
  }
  Story& Trouble(const char* what) {
    trial_.trouble = what;
    return *this;
  }
  operator Trial() const { return trial_; }  // NOLINT: a story is a trial

 private:
  Trial trial_;
};

inline Manifest Fault(std::vector<ExpectedEnd> ends = {{EndKind::kSignal, SIGSEGV}}) {
  Manifest manifest;
  manifest.name = "null-store";
  manifest.tags = {"fatal"};
  manifest.ends = std::move(ends);
  return manifest;
}

inline Manifest Probe() {
  Manifest manifest = Fault({{EndKind::kReturn, 0}});
  manifest.kind = ScenarioKind::kProbe;
  return manifest;
}

// ---- Whole trials of the usual kinds.

inline Trial ContainedCrash() {
  return Story(VehicleKind::kFork)
      .Fires()
      .Faults(0, SIGSEGV, 1)
      .Dies(0, SIGSEGV)
      .BystandersAnswer()
      .Released();
}
inline Trial CrashThatTakesAll(VehicleKind vehicle = VehicleKind::kThread) {
  Story story(vehicle);
  story.Fires().Faults(0, SIGSEGV, 1);
  if (vehicle == VehicleKind::kThread) return story.Dies(kHost, SIGSEGV);
  return story.Dies(0, SIGSEGV).Dies(1, SIGSEGV).Dies(2, SIGSEGV);
}
inline Trial NoFault(VehicleKind vehicle) {
  Story story(vehicle, Arm::kNoFault);
  story.BystandersAnswer().Answers(0);
  if (vehicle == VehicleKind::kThread) return story.Exits(kHost, 0);
  return story.Released().Exits(0, 0);
}
inline Trial KillControl(VehicleKind vehicle) {
  Story story(vehicle, Arm::kPositive, Hit::kKill);
  if (vehicle == VehicleKind::kThread) return story.Killed(1, kHost, "positive control");
  return story.Killed(1, 1, "positive control").Answers(2).Answers(0).Exits(2, 0).Exits(0, 0);
}
// The positive control of an observer that sees nothing.
inline Trial BlindControl(VehicleKind vehicle) {
  return Story(vehicle, Arm::kPositive, Hit::kCorrupt).BystandersAnswer().Answers(0);
}

// ---- Runs.

inline Claim MakeClaim(Quantifier quantifier, std::vector<VehicleKind> vehicles,
                       Finding finding = Finding::kBystanderAffected) {
  Claim claim;
  claim.id = "crash.contained";
  claim.quantifier = quantifier;
  claim.experiment.tags = {"fatal"};
  claim.experiment.vehicles = std::move(vehicles);
  claim.experiment.finding = finding;
  claim.target = 0.05;  // 59 trials
  return claim;
}

// One scenario, one cell per vehicle: 59 trials, 2 + 2 controls.
inline RunPlan MakePlan(std::vector<Claim> claims,
                        std::vector<std::string> scenarios = {"null-store"},
                        std::vector<VehicleKind> vehicles = {VehicleKind::kFork}) {
  RunPlan plan;
  plan.seed = 7;
  plan.claims = std::move(claims);
  for (const std::string& name : scenarios) {
    Scenario scenario;
    scenario.manifest = Fault();
    scenario.manifest.name = name;
    plan.scenarios.push_back(scenario);
    for (const VehicleKind vehicle : vehicles) {
      plan.cells.push_back({{name, vehicle}, 59, 2, 2, ""});
    }
  }
  return plan;
}

// Built in steps: gcc 12 warns wrongly of nested temporaries with strings inside a variant.
inline Record Broken(const char* scenario, VehicleKind vehicle, const char* why) {
  BrokenCell broken;
  broken.key.scenario = scenario;
  broken.key.vehicle = vehicle;
  broken.why = why;
  return broken;
}

// A judge that is fed by the handful.
class Court {
 public:
  explicit Court(RunPlan plan) : judge(std::move(plan)) {}
  Court& Hear(Trial trial, std::uint64_t times = 1, const std::string& scenario = "null-store") {
    trial.plan.cell.scenario = scenario;
    for (std::uint64_t i = 0; i < times; ++i) {
      trial.plan.id = ++last_;
      trial.plan.block = last_ / 10;
      judge.Add(trial);
    }
    return *this;
  }
  Court& Controls(VehicleKind vehicle, const std::string& scenario = "null-store") {
    return Hear(NoFault(vehicle), 2, scenario).Hear(KillControl(vehicle), 2, scenario);
  }
  // Treatment trials with good controls: nothing found, or something in each.
  Court& Clean(VehicleKind vehicle, const std::string& scenario = "null-store") {
    Trial trial = ContainedCrash();
    trial.plan.cell.vehicle = vehicle;
    return Controls(vehicle, scenario).Hear(trial, 59, scenario);
  }
  Court& Guilty(VehicleKind vehicle, const std::string& scenario = "null-store") {
    return Controls(vehicle, scenario).Hear(CrashThatTakesAll(vehicle), 20, scenario);
  }
  Verdict verdict(std::size_t index = 0) const { return judge.VerdictOf(index); }

  Judge judge;

 private:
  std::uint64_t last_ = 0;
};

}  // namespace bulkhead::evidence

#endif  // BULKHEAD_TESTS_JUDGE_EVIDENCE_BUILDER_H_
