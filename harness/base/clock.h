// The one clock of trials: CLOCK_MONOTONIC, in nanoseconds, the same in every process of the
// machine.
//
// Runs in: anywhere.  Async-signal-safe (clock_gettime, signal-safety(7)).
#ifndef BULKHEAD_BASE_CLOCK_H_
#define BULKHEAD_BASE_CLOCK_H_

#include <time.h>

#include <cstdint>

namespace bulkhead {

using Nanoseconds = std::int64_t;

inline constexpr Nanoseconds kMicrosecond = 1'000;
inline constexpr Nanoseconds kMillisecond = 1'000'000;
inline constexpr Nanoseconds kSecond = 1'000'000'000;

inline Nanoseconds ReadClock(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return now.tv_sec * kSecond + now.tv_nsec;
}

inline Nanoseconds Now() { return ReadClock(CLOCK_MONOTONIC); }

}  // namespace bulkhead

#endif  // BULKHEAD_BASE_CLOCK_H_
