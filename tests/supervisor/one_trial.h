// Real trials for tests: a poll loop, a zygote and a TrialRunner, as a campaign joins them, but one
// trial at a time.
//
// Whoever fails to set this up throws: the test then fails with the reason.
#ifndef BULKHEAD_TESTS_SUPERVISOR_ONE_TRIAL_H_
#define BULKHEAD_TESTS_SUPERVISOR_ONE_TRIAL_H_

#include <memory>
#include <optional>
#include <ostream>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "harness/judge/fates.h"
#include "harness/os/event_loop.h"
#include "harness/os/process_table.h"
#include "harness/os/signals.h"
#include "harness/supervisor/catalog.h"
#include "harness/supervisor/census.h"
#include "harness/supervisor/trial_runner.h"
#include "harness/supervisor/zygote_process.h"

namespace bulkhead {

inline void PrintTo(VehicleKind kind, std::ostream* out) { *out << TraitsOf(kind).name; }

}  // namespace bulkhead

namespace bulkhead::trials {

inline const std::string kZygote = BULKHEAD_BINARY_DIR "/bin/bulkhead-zygote";

// The plugins of the build tree, by scenario name: "null-store".
inline std::string ScenarioPath(const std::string& name) {
  return BULKHEAD_BINARY_DIR "/lib/bulkhead/scenarios/" + name + ".so";
}
// Those that misbehave on purpose: tests/children.
inline std::string ChildPath(const std::string& name) {
  return BULKHEAD_BINARY_DIR "/children/" + name + ".so";
}

// The unknown, as an error: `value` or a throw that names it.
template <typename T>
T OrThrow(Expected<T> value) {
  if (!value) throw std::runtime_error(value.error().message);
  if constexpr (!std::is_void_v<T>) return std::move(*value);
}

// Long enough for the most crowded machine: in these tests events decide, not this.
inline constexpr Nanoseconds kGenerous = 60 * kSecond;
inline TrialSettings GenerousSettings() {
  TrialSettings settings;
  settings.timeout = kGenerous;
  return settings;
}

struct TrialRequest {
  VehicleKind vehicle = VehicleKind::kFork;
  Arm arm = Arm::kTreatment;
  Hit hit = Hit::kNone;
  std::uint64_t seed = 42;
  std::uint32_t bystanders = 2;
  TrialSettings settings = GenerousSettings();
};

inline TrialRequest Request(VehicleKind vehicle, Arm arm, Hit hit = Hit::kNone) {
  TrialRequest request;
  request.vehicle = vehicle;
  request.arm = arm;
  request.hit = hit;
  return request;
}
inline TrialRequest Treatment(VehicleKind vehicle) { return Request(vehicle, Arm::kTreatment); }
inline TrialRequest Control(VehicleKind vehicle) { return Request(vehicle, Arm::kNoFault); }
inline TrialRequest Control(VehicleKind vehicle, Hit hit) {
  return Request(vehicle, Arm::kPositive, hit);
}

// One plugin at work.  The zygote is started when it is needed and kept until the bench goes, or
// until it was lost; where a campaign would take a fresh one after trouble, so does the bench.
class TrialBench {
 public:
  explicit TrialBench(std::string plugin)
      : plugin_(std::move(plugin)), loop_(OrThrow(os::EventLoop::Create())) {
    BecomeSubreaper();
    os::PrepareSupervisorSignals();
    StartZygote();
  }

  const Manifest& manifest() const { return manifest_; }
  pid_t zygote() const { return zygote_ ? zygote_->pid() : 0; }
  bool zygote_alive() const { return zygote_ && zygote_->alive(); }
  // Every signal that was written down.
  const std::vector<SignalIntent>& ledger() const { return intents_; }

  Trial Run(const TrialRequest& request) {
    if (!zygote_ || !zygote_->alive()) StartZygote();
    TrialPlan plan;
    plan.id = ++trials_;
    plan.block = 1;
    plan.cell = {manifest_.name, request.vehicle};
    plan.arm = request.arm;
    plan.hit = request.hit;
    plan.seed = request.seed;
    plan.bystanders = request.bystanders;
    std::optional<Trial> done;
    {
      TrialRunner runner(loop_, *zygote_, plan, request.settings, ledger_, started_,
                         [&](Trial trial) { done = std::move(trial); });
      runner.Start();
      while (!done) OrThrow(loop_.RunOnce());
    }  // before its zygote
    if (!done->trouble.empty()) zygote_.reset();
    return std::move(*done);
  }

  // Lets the loop learn of what has happened meanwhile; it must have something to wait for.
  void Turn() { OrThrow(loop_.RunOnce()); }

  // What is there now and nobody accounts for; it is ended and reaped.
  std::vector<std::string> Sweep() { return SweepChildren(Known(), ledger_); }

  // Our children besides the zygote: empty when all units were reaped.
  std::vector<pid_t> Strays() const {
    std::vector<pid_t> strays;
    for (const pid_t pid : os::ChildrenOfSelf()) {
      if (!Known().contains(pid)) strays.push_back(pid);
    }
    return strays;
  }

 private:
  void StartZygote() {
    zygote_.reset();
    ZygoteSettings settings;
    settings.program = kZygote;
    settings.plugin = plugin_;
    settings.hello_timeout = kGenerous;
    zygote_ = OrThrow(ZygoteProcess::Start(settings, ledger_));
    OrThrow(zygote_->Attach(loop_));
    manifest_ = zygote_->manifest();
  }
  std::set<pid_t> Known() const {
    return zygote_ ? std::set<pid_t>{zygote_->pid()} : std::set<pid_t>{};
  }

  std::string plugin_;
  os::EventLoop loop_;
  std::vector<SignalIntent> intents_;
  const Ledger ledger_ = [this](const SignalIntent& intent) {
    intents_.push_back(intent);
    return true;
  };
  std::unique_ptr<ZygoteProcess> zygote_;
  Manifest manifest_;
  Nanoseconds started_ = Now();
  std::uint64_t trials_ = 0;
};

// Starts and ends a zygote.  The first start of a process opens descriptors that stay: whoever
// counts them begins here.
inline void WarmUp() { TrialBench bench(ScenarioPath("null-store")); }

// ---- Questions to a trial.

// Position of the first (or, from the end, last) event T of the unit; nothing when there is none.
template <typename T>
std::optional<std::size_t> PlaceOf(const Trial& trial, std::uint32_t unit) {
  for (std::size_t i = 0; i < trial.observations.size(); ++i) {
    const Observation& seen = trial.observations[i];
    if (seen.unit == unit && std::holds_alternative<T>(seen.event)) return i;
  }
  return std::nullopt;
}

template <typename T>
std::vector<T> AllOf(const Trial& trial, std::uint32_t unit) {
  std::vector<T> all;
  for (const Observation& seen : trial.observations) {
    const T* event = std::get_if<T>(&seen.event);
    if (seen.unit == unit && event != nullptr) all.push_back(*event);
  }
  return all;
}

// "victim: signaled SIGSEGV (fault); bystander 1: intact; ...", for failure messages and
// comparison.
inline std::vector<std::string> FatesOf(const Trial& trial) {
  std::vector<std::string> fates;
  for (std::uint32_t unit = 0; unit <= trial.plan.bystanders; ++unit) {
    fates.push_back(Describe(FateOf(trial, unit)));
  }
  return fates;
}

}  // namespace bulkhead::trials

#endif  // BULKHEAD_TESTS_SUPERVISOR_ONE_TRIAL_H_
