// What the kernel says of a thread or process that does not answer: gone, blocked, spinning,
// stopped.
//
// Runs in: supervisor.
// How it can lie: a reading is a moment; between two readings anything may have happened. schedstat
// and syscall may be unreadable (ptrace scope, other user), and then less is known, never more.
#ifndef BULKHEAD_OBSERVE_TASK_OBSERVER_H_
#define BULKHEAD_OBSERVE_TASK_OBSERVER_H_

#include <sys/types.h>

#include <optional>

#include "harness/model/scenario.h"
#include "harness/model/trial.h"

namespace bulkhead {

class TaskObserver {
 public:
  // `pid`: the unit's process in the supervisor's PID namespace; `tid`: the thread, or 0 for the
  // process's first.
  TaskObserver(pid_t pid, pid_t tid) : pid_(pid), tid_(tid != 0 ? tid : pid) {}

  // CPU time so far becomes the zero of Look().
  void Start();

  // Empty: there is no such thread any more.
  std::optional<Doing> Look() const;

  // Whether its whole process is about to end: then that is what became of the thread.
  bool ProcessIsEnding() const;

  // Runnable or in an uninterruptible wait: late, perhaps only for want of a processor.
  static bool MayOnlyBeLate(const Doing& doing) { return doing.state == 'R' || doing.state == 'D'; }

 private:
  pid_t pid_;
  pid_t tid_;
  Nanoseconds cpu_at_start_ = 0;
};

// Does `doing` show, with certainty enough, the hang that `end` describes?
bool ShowsHang(const Doing& doing, const ExpectedEnd& end);

// CPU time that a unit must have burnt since it was armed to count as spinning.
inline constexpr Nanoseconds kSpinning = kMillisecond;

}  // namespace bulkhead

#endif  // BULKHEAD_OBSERVE_TASK_OBSERVER_H_
