// How the supervisor ends what does not end by itself: rungs with a wait after each.  Every rung is
// in the ledger before it is climbed, and goes through a pidfd.
//
// Runs in: supervisor.
#ifndef BULKHEAD_SUPERVISOR_STOP_LADDER_H_
#define BULKHEAD_SUPERVISOR_STOP_LADDER_H_

#include <array>
#include <csignal>

#include "harness/base/clock.h"

namespace bulkhead {

struct Rung {
  int signal;        // 0: only wait
  Nanoseconds wait;  // for the end, before the next rung
};

// A unit that was released leaves at once; what remains may ignore everything but SIGKILL.  After
// the last rung it is unkillable (a D-state wait) and said to be.
inline constexpr std::array kUnitLadder{Rung{0, 200 * kMillisecond}, Rung{SIGKILL, 3 * kSecond}};

// For a unit that is known to hang: nothing to wait for.
inline constexpr std::size_t kFirstKillingRung = 1;

// A zygote leaves when its channel closes; a plugin may have taught it to ignore SIGTERM.
inline constexpr std::array kZygoteLadder{Rung{0, 500 * kMillisecond}, Rung{SIGKILL, 3 * kSecond}};

}  // namespace bulkhead

#endif  // BULKHEAD_SUPERVISOR_STOP_LADDER_H_
