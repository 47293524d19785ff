// A process that is made to be in the way: it gets to work, says so and goes on until it is killed,
// which happens before the next sample.  A limit is put on it from outside once it works, and taken
// off before it is killed: otherwise it would need the time that it is denied to begin and to end.
//
// Runs in: unit.
#ifndef BULKHEAD_SCENARIOS_COST_HOG_H_
#define BULKHEAD_SCENARIOS_COST_HOG_H_

#include "scenarios/cost/measure.h"

namespace bulkhead::scenarios {

class Hog {
 public:
  struct Habit {
    void (*burn)();  // a piece of its work, again and again
    void (*limit)(pid_t, bool on) = nullptr;
  };

  // Returns when the hog has done its first piece and is limited.
  Hog(int cpu, const Habit& habit)
      : cpu_(cpu), habit_(habit), page_(SharedPage<Turn>()), process_(BeInTheWay, this) {
    page_->AwaitOtherThan(kIdle);
    if (habit_.limit != nullptr) habit_.limit(process_.pid(), true);
  }
  ~Hog() {
    if (habit_.limit != nullptr) habit_.limit(process_.pid(), false);
    Require(kill(process_.pid(), SIGKILL) == 0);
    munmap(page_, 4096);
  }
  Hog(const Hog&) = delete;
  Hog& operator=(const Hog&) = delete;

 private:
  static constexpr std::uint32_t kIdle = 0, kBurning = 1;

  static void BeInTheWay(void* argument) {
    auto* self = static_cast<Hog*>(argument);
    RunOnCpu(self->cpu_);
    self->habit_.burn();
    self->page_->Give(kBurning);
    for (;;) self->habit_.burn();
  }

  int cpu_;
  Habit habit_;
  Turn* page_;              // shared with the hog
  PartnerProcess process_;  // last: it starts with all of this made
};

// Nanoseconds that this takes by a clock.
template <typename Job>
std::uint64_t TimeOf(Job job, clockid_t clock = CLOCK_MONOTONIC) {
  timespec start, end;
  clock_gettime(clock, &start);
  job();
  clock_gettime(clock, &end);
  return static_cast<std::uint64_t>((end.tv_sec - start.tv_sec) * 1'000'000'000 + end.tv_nsec -
                                    start.tv_nsec);
}

// ---- Work of the CPU alone.

// About this much undisturbed CPU time of the victim on its first CPU: by the quickest of some
// tries.  It should be several time slices of the scheduler: less mostly runs in one slice, and the
// median would hide a hog.
class CpuWork {
 public:
  void Calibrate(std::uint64_t nanoseconds) {
    const Pinned pinned(AllowedCpu(0));
    std::uint64_t most = 0;
    for (int attempt = 0; attempt < 3; ++attempt) {
      const std::uint64_t start = Now();
      std::uint64_t steps = 0;
      do {
        Work(kBlock);
        steps += kBlock;
      } while (Now() - start < kTrialNs);
      most = steps > most ? steps : most;
    }
    steps_ = most * (nanoseconds / kTrialNs);
  }

  void Do() const { Work(steps_); }

  static void Burn() { Work(kBurn); }  // for a hog

 private:
  static constexpr std::uint64_t kBurn = 1000, kBlock = 10'000, kTrialNs = 1'000'000;
  std::uint64_t steps_ = 0;
};

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_COST_HOG_H_
