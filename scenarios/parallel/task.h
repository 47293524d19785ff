// A small task of about a microsecond: it sums a table, which every unit has.
//
// Runs in: unit.
#ifndef BULKHEAD_SCENARIOS_PARALLEL_TASK_H_
#define BULKHEAD_SCENARIOS_PARALLEL_TASK_H_

#include "scenarios/common.h"

namespace bulkhead::scenarios {

class TaskTable {
 public:
  // Before any unit that is to have it.
  void Fill(std::uint64_t seed) {
    for (std::size_t i = 0; i < kWords; ++i) words_[i] = seed + i;
  }

  // The task; `bias` makes each result another.
  std::uint64_t Sum(std::uint64_t bias) const {
    std::uint64_t sum = bias;
    for (const std::uint64_t word : words_) sum = plugin::Opaque(sum + word);
    return sum;
  }

 private:
  static constexpr std::size_t kWords = 512;

  std::uint64_t words_[kWords];
};

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_PARALLEL_TASK_H_
