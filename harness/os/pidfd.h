// Processes known by descriptor: the kernel's word that this is still the same process.
//
// Runs in: all processes (Reap: only in the parent).  Sources: pidfd_open(2), pidfd_send_signal(2),
// waitid(2) with P_PIDFD (Linux 5.4).
#ifndef BULKHEAD_OS_PIDFD_H_
#define BULKHEAD_OS_PIDFD_H_

#include <sys/types.h>

#include <cstdint>
#include <optional>

#include "harness/base/error.h"
#include "harness/base/unique_fd.h"

namespace bulkhead::os {

// `pid` must be a child of the caller that it has not reaped: only then can the number not have
// been given to a stranger.  Or the caller asks afterwards what has that number: if it is what was
// meant, so is the descriptor, or that process has ended.
Expected<UniqueFd> OpenPidfd(pid_t pid);

Expected<void> SendSignal(int pidfd, int signal);

struct WaitStatus {
  pid_t pid = 0;
  bool signaled = false;
  int status = 0;  // exit code, or signal
  bool core = false;
  std::int64_t user_us = 0, system_us = 0, max_rss_kib = 0;
};

// Reaps the child if it has ended; empty while it runs.  The raw system call, because glibc's
// waitid has no rusage; __WALL, because a unit's exit signal is its zygote's.
Expected<std::optional<WaitStatus>> Reap(int pidfd);

// Whether it is of a child of the caller that is not reaped yet.
bool IsOurChild(int pidfd);
// A child of ours, or of one, and so on: asked of /proc while the process is there.
bool IsOurDescendant(int pidfd);

// The pid in the caller's PID namespace, from /proc/self/fdinfo; 0 when the process has been reaped
// or belongs to no namespace that the caller sees.
pid_t PidOf(int pidfd);

}  // namespace bulkhead::os

#endif  // BULKHEAD_OS_PIDFD_H_
