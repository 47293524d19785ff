// A count that several processes raise and wait for, in memory that they share: how the roles of a
// case study agree on who has come how far.  Every wait has a deadline.
//
// Runs in: unit, and processes that it forks.
#ifndef BULKHEAD_SCENARIOS_CASE_MILESTONE_H_
#define BULKHEAD_SCENARIOS_CASE_MILESTONE_H_

#include <climits>

#include "scenarios/cost/measure.h"

namespace bulkhead::scenarios {

class Milestone {
 public:
  void Pass() {
    passed_.fetch_add(1, std::memory_order_release);
    syscall(SYS_futex, &passed_, FUTEX_WAKE, INT_MAX, nullptr, nullptr, 0);
  }
  bool PassedBy(std::uint32_t many) const {
    return passed_.load(std::memory_order_acquire) >= many;
  }
  // False: it is `deadline` (of the clock Now) and too few have passed.
  bool Await(std::uint32_t many, std::uint64_t deadline) const {
    std::uint32_t passed;
    while ((passed = passed_.load(std::memory_order_acquire)) < many) {
      const std::uint64_t now = Now();
      if (now >= deadline) return false;
      const timespec rest{static_cast<time_t>((deadline - now) / 1'000'000'000),
                          static_cast<long>((deadline - now) % 1'000'000'000)};
      syscall(SYS_futex, &passed_, FUTEX_WAIT, passed, &rest, nullptr, 0);
    }
    return true;
  }

 private:
  std::atomic<std::uint32_t> passed_{0};
};

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_CASE_MILESTONE_H_
