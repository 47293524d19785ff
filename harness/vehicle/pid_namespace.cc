#include "harness/vehicle/pid_namespace.h"

#include <fcntl.h>
#include <sched.h>

#include <cerrno>
#include <csignal>

#include "harness/os/pidfd.h"

namespace bulkhead {

Expected<void> PidNamespaceDoor::Prepare() {
  outside_.Reset(open("/proc/self/ns/pid", O_RDONLY | O_CLOEXEC));
  if (!outside_) return FailErrno("cannot open /proc/self/ns/pid");
  return {};
}

Expected<os::Cloned> PidNamespaceDoor::CloneInside(int init) const {
  if (setns(init, CLONE_NEWPID) != 0) return FailErrno("setns into the PID namespace");
  Expected<os::Cloned> unit = os::CloneSibling();
  if (unit && unit->pid == 0) return unit;
  if (setns(outside_.get(), CLONE_NEWPID) != 0) {
    const int error = errno;
    if (unit) (void)os::SendSignal(unit->pidfd.get(), SIGKILL);
    return FailErrno("setns out of the PID namespace", error);
  }
  return unit;
}

}  // namespace bulkhead
