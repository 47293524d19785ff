#include "harness/observe/task_observer.h"

#include "harness/os/process_table.h"

namespace bulkhead {

void TaskObserver::Start() {
  const std::optional<os::TaskState> task = os::ReadTask(pid_, tid_);
  cpu_at_start_ = task ? task->cpu : 0;
}

std::optional<Doing> TaskObserver::Look() const {
  const std::optional<os::TaskState> task = os::ReadTask(pid_, tid_);
  if (!task) return std::nullopt;
  return Doing{task->state, task->cpu - cpu_at_start_, task->syscall};
}

bool TaskObserver::ProcessIsEnding() const { return os::IsEnding(pid_); }

bool ShowsHang(const Doing& doing, const ExpectedEnd& end) {
  switch (end.kind) {
    case EndKind::kSpinning:
      return doing.cpu_ns >= kSpinning;
    case EndKind::kBlocked:
      return (doing.state == 'S' || doing.state == 'D') && doing.syscall >= 0;
    case EndKind::kStopped:
      return doing.state == 'T';
    default:
      return false;
  }
}

}  // namespace bulkhead
