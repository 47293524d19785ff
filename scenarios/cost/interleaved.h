// Takes the samples of several series in turn, so that what disturbs the machine for a while meets
// all of them: each round takes one sample of each series, odd rounds in the opposite order.  The
// victim stays on its first CPU; a series says where its partner runs.
//
// Runs in: unit.
#ifndef BULKHEAD_SCENARIOS_COST_INTERLEAVED_H_
#define BULKHEAD_SCENARIOS_COST_INTERLEAVED_H_

#include "scenarios/cost/measure.h"

namespace bulkhead::scenarios {

// Places of a partner.  On a machine with one CPU a series with kOtherCpu is left out.
inline constexpr int kSameCpu = 0, kOtherCpu = 1, kOtherCpuIfAny = 2;

struct Series {
  const char* name;
  int place;                         // of the partner
  std::uint64_t (*sample)(int cpu);  // takes one; `cpu` is the partner's
};

template <std::size_t kSeries, std::size_t kRounds>
class Interleaved {
 public:
  explicit constexpr Interleaved(const Series (&series)[kSeries]) {
    for (std::size_t i = 0; i < kSeries; ++i) series_[i] = series[i];
  }

  void Measure() {
    const int own = AllowedCpu(0), other = AllowedCpu(1);
    const int cpus[] = {own, other, other >= 0 ? other : own};
    for (std::size_t i = 0; i < kSeries; ++i) cpu_[i] = cpus[series_[i].place];
    Pinned pinned(own);
    const Budget budget;
    for (std::size_t round = 0; round < kRounds; ++round) {
      if (round >= kFewest && !budget.Allows(round)) break;
      for (std::size_t i = 0; i < kSeries; ++i) Take(round % 2 == 0 ? i : kSeries - 1 - i, round);
      taken_ = round + 1;
    }
  }

  // In `watch` of every unit.
  void Report(bh_unit* unit) const {
    if (unit->index != kVictim || taken_ == 0) return;
    for (std::size_t i = 0; i < kSeries; ++i) {
      if (cpu_[i] >= 0) plugin::Samples(unit, series_[i].name, values_[i], taken_);
    }
  }

 private:
  // On a busy machine, too: 20 trials then make pairs enough for an interval.
  static constexpr std::size_t kFewest = 2;

  void Take(std::size_t i, std::size_t round) {
    if (cpu_[i] >= 0) values_[i][round] = series_[i].sample(cpu_[i]);
  }

  Series series_[kSeries] = {};
  int cpu_[kSeries] = {};
  std::uint64_t values_[kSeries][kRounds] = {};
  std::size_t taken_ = 0;  // 0 where nobody acted
};

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_COST_INTERLEAVED_H_
