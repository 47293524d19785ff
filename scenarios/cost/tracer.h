// Counts the system calls of a piece of a program, and the bytes that these copy between the
// program and the kernel, by tracing it: ptrace(2).
//
// Copied is what the calls that carry messages say that they took or gave: read, write, and those
// of both kinds of message queues.  What the kernel copies among its own buffers nobody tells.
//
// Runs in: unit.
#ifndef BULKHEAD_SCENARIOS_COST_TRACER_H_
#define BULKHEAD_SCENARIOS_COST_TRACER_H_

#include <sys/ptrace.h>

#include "scenarios/cost/measure.h"

namespace bulkhead::scenarios {

struct Cost {
  std::uint64_t calls = 0, bytes = 0;
};

// Counts the system calls of one task, stop by stop.
class Caller {
 public:
  void Stopped(pid_t task, Cost& cost) {
    __ptrace_syscall_info info{};
    Require(ptrace(PTRACE_GET_SYSCALL_INFO, task, sizeof info, &info) > 0);
    if (info.op == PTRACE_SYSCALL_INFO_ENTRY) {
      ++cost.calls;
      number_ = static_cast<long>(info.entry.nr);
      size_ = info.entry.args[2];
    } else if (info.op == PTRACE_SYSCALL_INFO_EXIT && info.exit.is_error == 0) {
      cost.bytes += Copied(static_cast<std::uint64_t>(info.exit.rval));
    }
  }

 private:
  // By the call that now returns this.
  std::uint64_t Copied(std::uint64_t result) const {
    switch (number_) {
      case SYS_read:
      case SYS_write:
      case SYS_mq_timedreceive:
#ifdef SYS_msgrcv
      case SYS_msgrcv:
#endif
        return result;
      case SYS_mq_timedsend:
#ifdef SYS_msgsnd
      case SYS_msgsnd:
#endif
        return size_;
      default:
        return 0;
    }
  }

  long number_ = -1;
  std::uint64_t size_ = 0;  // third argument: of a message that is sent
};

// Of a child that does this, and of the one partner that it starts.
inline Cost CostOf(void (*exchange)(std::uint32_t), std::uint32_t messages) {
  const pid_t maker = getpid();
  const pid_t child = fork();
  Require(child >= 0);
  if (child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != maker || ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) _exit(1);
    raise(SIGSTOP);
    exchange(messages);
    _exit(0);
  }
  int status = 0;
  Require(waitpid(child, &status, 0) == child && WIFSTOPPED(status));
  Require(ptrace(PTRACE_SETOPTIONS, child, nullptr,
                 PTRACE_O_EXITKILL | PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEFORK |
                     PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE) == 0);
  Cost cost;
  Caller callers[2];  // the child, its partner
  pid_t task = child;
  do {
    long pass_on = 0;
    if (WIFSTOPPED(status)) {
      const int signal = WSTOPSIG(status);
      if (signal == (SIGTRAP | 0x80)) {
        callers[task == child ? 0 : 1].Stopped(task, cost);
      } else if (signal != SIGSTOP && signal != SIGTRAP) {
        pass_on = signal;  // SIGSTOP and SIGTRAP: a new task, or the making of one
      }
      ptrace(PTRACE_SYSCALL, task, nullptr, pass_on);
    } else if (task == child) {
      Require(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    // Only what this thread has forked or traces: never a neighbour's child.
    task = waitpid(-1, &status, __WALL | __WNOTHREAD);
  } while (task > 0);
  Require(errno == ECHILD);
  return cost;
}

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_COST_TRACER_H_
