// What scenarios need beside the plugin contract: a check for preparations, a mapping, and the
// number of units that probes keep tables for.
//
// Runs in: zygote (setup) and unit.
#ifndef BULKHEAD_SCENARIOS_COMMON_H_
#define BULKHEAD_SCENARIOS_COMMON_H_

#include <sys/mman.h>

#include <bulkhead.hpp>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace bulkhead::scenarios {

inline constexpr std::uint32_t kVictim = 0;
inline constexpr std::uint32_t kMostUnits = 16;

// Aborts the unit when something fails that is not the fault: its trial then never gets ready, or
// ends in a way that the scenario does not name, and is not counted.
inline void Require(bool condition) {
  if (!condition) std::abort();
}

inline void* MapAnonymous(std::size_t bytes, int protection, int sharing) {
  void* memory = mmap(nullptr, bytes, protection, sharing | MAP_ANONYMOUS, -1, 0);
  Require(memory != MAP_FAILED);
  return memory;
}

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_COMMON_H_
