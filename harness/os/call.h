// System calls of a unit's first steps, all through syscall(2).
//
// A fresh child has none of the program's text mapped: every 64 KiB of a library that it enters
// cost a fault of more than a microsecond.  glibc's wrappers lie scattered over a megabyte and a
// half; these share one page of it, and clone3 has been there already.
//
// Runs in: unit.  Async-signal-safe.
#ifndef BULKHEAD_OS_CALL_H_
#define BULKHEAD_OS_CALL_H_

#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

namespace bulkhead::os::call {

inline void DieWithParent() { syscall(SYS_prctl, PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0); }
inline pid_t ParentId() { return static_cast<pid_t>(syscall(SYS_getppid)); }
inline pid_t ProcessId() { return static_cast<pid_t>(syscall(SYS_getpid)); }
inline pid_t ThreadId() { return static_cast<pid_t>(syscall(SYS_gettid)); }
inline void Close(int fd) { syscall(SYS_close, fd); }
inline void LeadGroup() { syscall(SYS_setpgid, 0, 0); }
inline void AlternateStack(const stack_t* set, stack_t* old) { syscall(SYS_sigaltstack, set, old); }

}  // namespace bulkhead::os::call

#endif  // BULKHEAD_OS_CALL_H_
