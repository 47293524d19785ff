// Two heap blocks side by side, the higher one directly after the lower one and its header.
//
// Runs in: zygote (setup).
#ifndef BULKHEAD_SCENARIOS_MEMORY_ADJACENT_BLOCKS_H_
#define BULKHEAD_SCENARIOS_MEMORY_ADJACENT_BLOCKS_H_

#include <malloc.h>

#include "scenarios/common.h"

namespace bulkhead::scenarios {

struct AdjacentBlocks {
  char* lower;
  char* higher;
};

// Never freed; what had to be tried leaks, so that the free lists run dry.  Aborts when the
// allocator never grants two neighbours.
inline AdjacentBlocks AllocateAdjacent(std::size_t lower_bytes, std::size_t higher_bytes) {
  constexpr std::size_t kMostGapBytes = 64;  // a block's header: 8 bytes in glibc
  constexpr int kMostTries = 1000;
  for (int tries = 0; tries < kMostTries; ++tries) {
    char* lower = static_cast<char*>(std::malloc(lower_bytes));
    char* higher = static_cast<char*>(std::malloc(higher_bytes));
    Require(lower != nullptr && higher != nullptr);
    const auto end = reinterpret_cast<std::uintptr_t>(lower) + malloc_usable_size(lower);
    const auto next = reinterpret_cast<std::uintptr_t>(higher);
    if (next >= end && next - end <= kMostGapBytes) return {lower, higher};
  }
  std::abort();
}

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_MEMORY_ADJACENT_BLOCKS_H_
