// The order of trials: blocks of one cell each, arms mixed inside, measurements last and alone.
// Each trial has a seed of its own, but in a race every second treatment trial of a block replays
// the one before.  A replay is one trial again and again, with the seed that it had.
//
// Runs in: supervisor.  A pure function of the plan: the same seed gives the same schedule.
#ifndef BULKHEAD_SUPERVISOR_SCHEDULE_H_
#define BULKHEAD_SUPERVISOR_SCHEDULE_H_

#include <vector>

#include "harness/model/run_report.h"

namespace bulkhead {

// Trials that share a zygote, hence a memory layout.
struct Block {
  std::uint64_t id = 0;
  CellKey cell;
  bool exclusive = false;  // no other trial may run beside it
  // Units over all processors.  Otherwise all are on one: that is twice as fast, but units that
  // shall act at the same time would take turns.
  bool spread = false;
  std::int32_t cpu = -1;  // the one that is wanted; -1: the job's own
  std::vector<TrialPlan> trials;
};

// Trials in one layout are not independent: a cell of the quick profile has at least five layouts.
inline constexpr std::size_t kBlockTrials = 65;
// A large cell has larger blocks: this many layouts are enough, and each costs a start.
inline constexpr std::size_t kEnoughBlocks = 40;

std::size_t BlocksOf(const PlannedCell& cell);  // how many it has

std::vector<Block> MakeSchedule(const RunPlan& plan);

}  // namespace bulkhead

#endif  // BULKHEAD_SUPERVISOR_SCHEDULE_H_
