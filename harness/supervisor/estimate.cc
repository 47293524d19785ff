#include "harness/supervisor/estimate.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <vector>

#include "harness/judge/selection.h"
#include "harness/os/affinity.h"
#include "harness/os/clone.h"
#include "harness/os/machine.h"
#include "harness/os/pidfd.h"
#include "harness/supervisor/schedule.h"
#include "harness/supervisor/trial_runner.h"

namespace bulkhead {
namespace {

constexpr std::size_t kRounds = 48;
constexpr Nanoseconds kLongestPace = 30 * kMillisecond;

// The CPU time of a trial in rounds of Pace: what `run 'crash.*' --vehicle NAME --trials 60` used
// on two processors (Linux 6.18, Debian 12), over trials and over the round before it.  Units are
// made anew for each trial, so that a vehicle costs what making its units costs.
struct VehicleCost {
  VehicleKind vehicle;
  double rounds;
};
constexpr std::array kVehicleCosts{
    VehicleCost{VehicleKind::kThread, 5},  VehicleCost{VehicleKind::kMain, 5},
    VehicleCost{VehicleKind::kCloneVm, 6}, VehicleCost{VehicleKind::kCloneAll, 6},
    VehicleCost{VehicleKind::kVfork, 6},   VehicleCost{VehicleKind::kFork, 6},
    VehicleCost{VehicleKind::kExec, 28},   VehicleCost{VehicleKind::kSession, 6},
    VehicleCost{VehicleKind::kUserns, 8},  VehicleCost{VehicleKind::kNetns, 10},
    VehicleCost{VehicleKind::kPidns, 8},   VehicleCost{VehicleKind::kPidnsInit, 8},
    VehicleCost{VehicleKind::kFamily, 6},  VehicleCost{VehicleKind::kCgroup, 12},
};
constexpr double kUnknownVehicle = 10;
// A zygote is started, loads its plugin, fills its canaries and ends.
constexpr double kBlockRounds = 40;

// Looks for a hang come after 0.5, 1, 2, 4, 8 ms (TrialRunner::LookAtHang) and want some of them.
constexpr Nanoseconds kHang = 25 * kMillisecond;
// Most measures want 20 to 100 ms for a trial.
constexpr Nanoseconds kMeasure = 50 * kMillisecond;

double RoundsOf(VehicleKind vehicle) {
  const auto* cost = std::ranges::find(kVehicleCosts, vehicle, &VehicleCost::vehicle);
  return cost == kVehicleCosts.end() ? kUnknownVehicle : cost->rounds;
}

// The share of the treatment trials that will be run: a cell is left when every claim that reads it
// has found enough, which those expect that are thought to find something in every trial.
double ShareRun(const RunPlan& plan, const PlannedCell& cell, const Manifest& manifest) {
  double unfinding = 0.0;  // of the most demanding claim
  for (const Claim& claim : plan.claims) {
    if (!Reads(claim.experiment, manifest, cell.key.vehicle)) continue;
    const bool finds =
        claim.quantifier == Quantifier::kMay ||
        (claim.quantifier == Quantifier::kAlways && claim.expect == Outcome::kRefuted);
    // Some of the cells of a conditional claim find something in every trial, the others never.
    const bool half =
        claim.quantifier == Quantifier::kAlways && claim.expect == Outcome::kConditional;
    unfinding = std::max(unfinding, finds ? 0.0 : half ? 0.5 : 1.0);
  }
  const double enough =
      std::min(1.0, static_cast<double>(plan.stopping.enough) /
                        static_cast<double>(std::max<std::uint64_t>(1, cell.treatment)));
  return std::max(enough, unfinding);
}

struct Cost {
  double work = 0;     // of a processor
  double waiting = 0;  // of a job
};

Cost CostOf(const RunPlan& plan, const PlannedCell& cell, const Manifest& manifest, double round) {
  const double treatment = static_cast<double>(cell.treatment) * ShareRun(plan, cell, manifest);
  if (manifest.kind == ScenarioKind::kMeasure) return {treatment * kMeasure, 0};
  const double trials = treatment + static_cast<double>(cell.no_fault + cell.positive);
  Cost cost;
  cost.work = round * (trials * RoundsOf(cell.key.vehicle) +
                       static_cast<double>(BlocksOf(cell)) * kBlockRounds);
  if (manifest.MayHang()) cost.waiting += treatment * kHang;
  if (manifest.kind == ScenarioKind::kFault) {
    // Every third positive control stops a bystander, whose silence takes its time; so does that of
    // the victim when all live in the process that was stopped.
    const int silences = TraitsOf(cell.key.vehicle).bystanders_are_processes ? 1 : 2;
    cost.waiting += static_cast<double>(cell.positive / 3) *
                    static_cast<double>(TrialSettings{}.stall_after * silences);
  }
  return cost;
}

}  // namespace

Expected<Pace> MeasurePace() {
  Pace pace;
  pace.processors = std::max(1u, static_cast<unsigned>(os::AllowedCpus().size()));
  std::vector<Nanoseconds> rounds;
  double runnable = 0;
  const Nanoseconds begin = Now();
  while (rounds.size() < kRounds && (rounds.empty() || Now() - begin < kLongestPace)) {
    const Nanoseconds start = ReadClock(CLOCK_THREAD_CPUTIME_ID);
    Expected<os::Cloned> child = os::CloneChild();
    if (!child) return tl::make_unexpected(child.error());
    if (child->pid == 0) _exit(0);
    pollfd end{child->pidfd.get(), POLLIN, 0};
    while (poll(&end, 1, -1) < 0) {
    }
    const auto reaped = os::Reap(child->pidfd.get());
    if (!reaped) return tl::make_unexpected(reaped.error());
    const Nanoseconds own = ReadClock(CLOCK_THREAD_CPUTIME_ID) - start;
    rounds.push_back(own + (*reaped ? ((*reaped)->user_us + (*reaped)->system_us) * 1000 : 0));
    runnable += os::RunnableTasks();
  }
  const auto quarter = rounds.begin() + static_cast<std::ptrdiff_t>(rounds.size() / 4);
  std::ranges::nth_element(rounds, quarter);
  pace.round = *quarter;
  // One of them is this thread, which is reading.
  pace.crowd = std::max(0.0, runnable / static_cast<double>(rounds.size()) - 1.0);
  return pace;
}

Nanoseconds EstimateOf(const RunPlan& plan, const Pace& pace) {
  Cost together, alone;
  for (const PlannedCell& cell : plan.cells) {
    const auto scenario = std::ranges::find(plan.scenarios, cell.key.scenario,
                                            [](const Scenario& one) { return one.manifest.name; });
    if (!cell.not_applicable.empty() || scenario == plan.scenarios.end()) continue;
    const Manifest& manifest = scenario->manifest;
    const Cost cost = CostOf(plan, cell, manifest, static_cast<double>(pace.round));
    Cost& sum = manifest.exclusive ? alone : together;
    sum.work += cost.work;
    sum.waiting += cost.waiting;
  }
  // What the crowd leaves of the processors; of each job, a unit and the supervisor's thread (or
  // the zygote) want one in turn, and often both.
  const auto share_of = [&](double workers) {
    const double wanting = 2 * workers;
    return std::min(std::min<double>(workers, pace.processors),
                    pace.processors * wanting / (wanting + pace.crowd));
  };
  const double jobs = std::max(1u, plan.jobs);
  const double time =
      std::max(together.work / share_of(jobs), (together.work + together.waiting) / jobs) +
      alone.work / share_of(1) + alone.waiting;
  return static_cast<Nanoseconds>(time);
}

}  // namespace bulkhead
