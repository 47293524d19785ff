// The same CPU-bound work done by the victim alone and split with a partner on a second CPU; the
// partner is a process or a thread.  It is made before and ended after the clock runs, so that only
// the work and one hand-over each way are timed.  A sample is the quickest of three tries, alone
// and together alike: whoever else uses one of the two CPUs would count against the split only.
//
// Runs in: unit.  With one CPU its units never get ready.
#ifndef BULKHEAD_SCENARIOS_PARALLEL_SPEEDUP_H_
#define BULKHEAD_SCENARIOS_PARALLEL_SPEEDUP_H_

#include <algorithm>

#include "scenarios/cost/measure.h"

namespace bulkhead::scenarios {

template <typename Partner>
class Speedup {
 public:
  void Measure() {
    Job* job = SharedPage<Job>();
    job->cpu = AllowedCpu(1);
    Pinned pinned(AllowedCpu(0));
    TimeTogether(job);  // not counted
    const Budget budget;
    for (std::size_t pair = 0; pair < kPairs && budget.Allows(pair); ++pair) {
      if (pair % 2 == 0) alone_[pair] = TimeAlone();
      together_[pair] = TimeTogether(job);
      if (pair % 2 == 1) alone_[pair] = TimeAlone();
      taken_ = pair + 1;
    }
    munmap(job, 4096);
  }

  void Report(bh_unit* unit) const {
    if (unit->index != kVictim || taken_ == 0) return;
    plugin::Samples(unit, "alone", alone_, taken_);
    plugin::Samples(unit, "together", together_, taken_);
  }

 private:
  static constexpr std::size_t kPairs = 10;
  static constexpr int kTries = 3;
  static constexpr std::uint64_t kWarmUpSteps = 10'000, kShareSteps = 600'000;
  static constexpr std::uint32_t kDone = 0, kWork = 1, kLeave = 2;

  struct Job {
    Turn turn;
    int cpu = 0;
    std::uint64_t steps = 0;
  };

  static void DoShare(void* argument) {
    auto* job = static_cast<Job*>(argument);
    RunOnCpu(job->cpu);
    while (job->turn.AwaitOtherThan(kDone) != kLeave) {
      Work(job->steps);
      job->turn.Give(kDone);
    }
  }

  static void Share(Job* job, std::uint64_t steps) {
    job->steps = steps;
    job->turn.Give(kWork);
    Work(steps);
    job->turn.AwaitOtherThan(kWork);
  }

  // Nanoseconds of the quickest try.
  template <typename Try>
  static std::uint64_t Quickest(Try attempt) {
    std::uint64_t least = ~std::uint64_t{0};
    for (int i = 0; i < kTries; ++i) {
      const std::uint64_t start = Now();
      attempt();
      least = std::min(least, Now() - start);
    }
    return least;
  }

  static std::uint64_t TimeAlone() {
    return Quickest([] { Work(2 * kShareSteps); });
  }

  static std::uint64_t TimeTogether(Job* job) {
    job->turn.Give(kDone);
    Partner partner(DoShare, job);
    Share(job, kWarmUpSteps);
    const std::uint64_t took = Quickest([job] { Share(job, kShareSteps); });
    job->turn.Give(kLeave);
    return took;
  }

  std::uint64_t alone_[kPairs], together_[kPairs];
  std::size_t taken_ = 0;  // 0 where nobody acted
};

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_PARALLEL_SPEEDUP_H_
