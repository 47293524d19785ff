// What can be seen of a run while it goes on: by people at a terminal, and by programs that read
// the stream of events (json_events.h).
//
// Runs in: anywhere.  Values only.
#ifndef BULKHEAD_MODEL_RUN_EVENT_H_
#define BULKHEAD_MODEL_RUN_EVENT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "harness/base/clock.h"
#include "harness/model/trial.h"

namespace bulkhead {

struct RunPlan;

// How far a unit is in its trial, as its supervisor knows it.
enum class UnitStage {
  kStarting,  // not set up yet
  kReady,     // set up, waits for what it is told
  kActing,    // told to act, and neither back nor gone
  kReturned,  // its act came back
  kAsked,     // challenged, has not answered yet
  kAnswered,  // has answered the challenge
  kSilent,    // did not answer in time
  kEnded,
};

struct RunningUnit {
  std::string name;      // "victim", "bystander 1"
  std::int32_t pid = 0;  // of the process in which it runs, as the supervisor's namespace knows it;
                         // 0: not known (yet), or no more
  UnitStage stage = UnitStage::kStarting;
};

struct RunningTrial {
  std::uint32_t job = 0;  // from 0
  std::uint64_t trial = 0;
  CellKey cell;
  Arm arm = Arm::kTreatment;
  Nanoseconds for_ns = 0;
  std::vector<RunningUnit> units;  // only where somebody asked for them
};

struct Progress {
  std::uint64_t done = 0, planned = 0;  // trials; planned shrinks when cells stop early
  Nanoseconds elapsed = 0;
  double rate = 0.0;  // trials per second, recent; 0: not known yet
  std::vector<RunningTrial> running;
};

struct PlanSize {
  std::uint64_t trials = 0;          // of the cells that can run here
  std::uint64_t not_applicable = 0;  // cells that cannot
};
PlanSize SizeOf(const RunPlan& plan);

}  // namespace bulkhead

#endif  // BULKHEAD_MODEL_RUN_EVENT_H_
