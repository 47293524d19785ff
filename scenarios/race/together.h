// What the race probes share: where the units run, how they start at the same time, and what each
// has seen of another.
//
// Runs in: unit.
#ifndef BULKHEAD_SCENARIOS_RACE_TOGETHER_H_
#define BULKHEAD_SCENARIOS_RACE_TOGETHER_H_

#include "scenarios/cost/measure.h"

namespace bulkhead::scenarios {

// ---- Where the units run.  `Place` is called in `prepare`, `Pause` between two looks at what
// ---- another unit does; after kMostPolls looks, below 1 ms, nobody is waited for any more.

// Wherever the scheduler puts them.
struct AnyCpu {
  static constexpr int kMostPolls = 200'000;
  static void Place(bh_unit*) {}
  static void Pause() {}
};

// All on one CPU: they take turns, at points that the scheduler and interrupts choose.
struct OneCpu {
  static constexpr int kMostPolls = 1'000;
  static void Place(bh_unit*) { RunOnCpu(AllowedCpu(0)); }
  static void Pause() { sched_yield(); }  // or nobody else would ever come
};

// The victim on one CPU, its neighbours in turn on another and on the same, where there are two:
// on a busy machine units meet much more often so.
struct Apart {
  static constexpr int kMostPolls = AnyCpu::kMostPolls;
  static void Place(bh_unit* unit) {
    const int cpu = AllowedCpu(static_cast<int>(unit->index % 2));
    if (cpu >= 0) RunOnCpu(cpu);
  }
  static void Pause() {}
};

// The same as a condition: never on one CPU.
struct TwoCpus : Apart {
  static void Place(bh_unit* unit) {
    RequireTwoCpus(unit);
    Apart::Place(unit);
  }
};

// ---- When they start.

// Units that act at once wait here for one other at least: with fewer processors than units, not
// all can run.  May lie in memory that outlives the trial.
class Meeting {
 public:
  std::uint64_t before() const { return arrivals_.load(); }  // in `prepare`

  template <typename Where>
  void Await(std::uint64_t before) {
    arrivals_.fetch_add(1);
    for (int poll = 0; poll < Where::kMostPolls; ++poll) {
      if (arrivals_.load() - before >= 2) return;
      Where::Pause();
    }
  }

 private:
  std::atomic<std::uint64_t> arrivals_ = 0;
};

// ---- What they have seen.

// One reading per unit: its own token, until it has seen another's doing.
class Sightings {
 public:
  void Begin(const bh_unit* unit) {
    Require(unit->count <= kMostUnits);
    seen_[unit->index] = unit->token;
  }
  void Saw(const bh_unit* unit, std::uint64_t foreign) { seen_[unit->index] = foreign; }
  void Report(bh_unit* unit, const char* name) const {
    plugin::Reading(unit, name, seen_[unit->index]);
  }

 private:
  std::uint64_t seen_[kMostUnits] = {};
};

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_RACE_TOGETHER_H_
