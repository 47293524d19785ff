#include "harness/os/clone.h"

#include <linux/sched.h>  // clone_args
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>

namespace bulkhead::os {
namespace {

Expected<Cloned> Clone3(std::uint64_t flags, int exit_signal) {
  int pidfd = -1;
  clone_args arguments{};
  arguments.flags = flags | CLONE_PIDFD;
  arguments.pidfd = reinterpret_cast<std::uint64_t>(&pidfd);
  arguments.exit_signal = static_cast<std::uint64_t>(exit_signal);
  const long pid = syscall(SYS_clone3, &arguments, sizeof arguments);
  if (pid < 0) return FailErrno("clone3");
  // The child has a copy of `pidfd` as it was before: it must not own that number.
  if (pid == 0) return Cloned{};
  return Cloned{static_cast<pid_t>(pid), UniqueFd(pidfd)};
}

}  // namespace

Expected<Cloned> CloneSibling(std::uint64_t flags) {
  // clone3 refuses an exit signal beside CLONE_PARENT: the child takes over the caller's.
  return Clone3(flags | CLONE_PARENT, 0);
}

Expected<Cloned> CloneChild(std::uint64_t flags) { return Clone3(flags, SIGCHLD); }

Expected<pid_t> CloneSharingMemory(int (*body)(void*), void* argument, void* stack_top, int* pidfd,
                                   std::uint64_t flags) {
  // The old interface: glibc's wrapper puts the child on its own stack, which clone3 by system call
  // cannot do from C++.  The pidfd arrives through the parent_tid argument (clone(2)).
  const int all = static_cast<int>(flags) | CLONE_VM | CLONE_VFORK | CLONE_PARENT | CLONE_PIDFD;
  const int pid = clone(body, stack_top, all, argument, pidfd);
  if (pid < 0) return FailErrno("clone");
  return pid;
}

}  // namespace bulkhead::os
