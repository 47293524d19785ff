// Deadly signals that a unit sends to itself, by each of the calls that can.  Each source with this
// header chooses call and signal.
//
// To a thread (raise, tgkill) or to the process (kill, sigqueue): by default the whole process ends
// either way (signal(7)), before the call returns.  Not so for a signal that dumps core and goes to
// the process: which thread takes it shows later, and Kill and Queue are not for those.  No call
// waits: where the kernel drops the signal, as for the init of a PID namespace, the act returns and
// the trial does not count.  The calls have effects that no compiler may remove.
//
// Runs in: unit.
#ifndef BULKHEAD_SCENARIOS_SIGNAL_SELF_SIGNAL_H_
#define BULKHEAD_SCENARIOS_SIGNAL_SELF_SIGNAL_H_

#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>

#include "scenarios/common.h"

namespace bulkhead::scenarios {

// SIGRTMIN is no constant; C libraries keep the first two or three for themselves.
inline constexpr int kRealTimeSignal = 40;

template <int kSignal>
void Raise(bh_unit*) {
  raise(kSignal);
}

template <int kSignal>
void Kill(bh_unit*) {
  kill(getpid(), kSignal);
}

template <int kSignal>
void Tgkill(bh_unit*) {
  syscall(SYS_tgkill, getpid(), syscall(SYS_gettid), kSignal);
}

template <int kSignal>
void Queue(bh_unit*) {
  sigval value{};
  value.sival_int = 1;
  sigqueue(getpid(), kSignal, value);
}

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_SIGNAL_SELF_SIGNAL_H_
