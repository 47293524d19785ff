// Threads and processes until no more are granted: under a user that nobody else is, so that the
// limit on its tasks counts what the unit makes and nothing else.
//
// Runs in: unit.
#ifndef BULKHEAD_SCENARIOS_LIMIT_TASKS_H_
#define BULKHEAD_SCENARIOS_LIMIT_TASKS_H_

#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>
#include <thread>

#include "scenarios/limit/limit.h"

namespace bulkhead::scenarios {

// Of its user, the calling thread included.
inline constexpr rlim_t kSomeTasks = 8;

// The calling thread becomes another user's, and loses its privileges, which would lift the limit
// (getrlimit(2), RLIMIT_NPROC).  By the bare system call: that of the C library would take the
// process's other threads along.  A user for each unit and trial, from a range that no distribution
// gives away: trials that run side by side do not count together, not even those of two runs with
// one seed (other process numbers) or in two PID namespaces (other tokens).
inline void BecomeUserOfOwn(const bh_unit& unit) {
  const auto process = static_cast<std::uint64_t>(getpid()) * 2'654'435'761u;  // spread
  const uid_t user = 0x70000000u + static_cast<uid_t>((unit.token ^ process) & 0x0fffffffu);
  const pid_t parent = getppid();
  Require(syscall(SYS_setresuid, user, user, user) == 0);
  // Cleared by a change of credentials; the parent may have ended before it was set again.
  Require(prctl(PR_SET_PDEATHSIG, SIGKILL) == 0);
  if (getppid() != parent) _exit(0);
}

// Makes threads that sleep; they end with the process.  Nobody catches the std::system_error of a
// program that may have no more of them.
inline void MakeThreads(int most) noexcept {
  const auto sleep = [] {
    for (;;) pause();
  };
  for (int i = 0; i < most; ++i) std::thread(sleep).detach();
}

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_LIMIT_TASKS_H_
