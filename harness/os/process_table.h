// What /proc says of processes and threads.
//
// Runs in: supervisor.  Every reading is a moment; a pid is only meaningful while the caller holds
// an unreaped child or a pidfd for it.  Source: proc(5).
#ifndef BULKHEAD_OS_PROCESS_TABLE_H_
#define BULKHEAD_OS_PROCESS_TABLE_H_

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/base/clock.h"

namespace bulkhead::os {

struct TaskState {
  char state = '?';           // R running or runnable, S sleeping, D, T stopped, t traced, Z, X
  Nanoseconds cpu = 0;        // burnt so far; from schedstat, else from stat (10 ms steps)
  std::int64_t syscall = -1;  // blocked in this system call; -1: running, or not readable
};

// Thread `tid` of process `pid`; empty when there is none.
std::optional<TaskState> ReadTask(pid_t pid, pid_t tid);

// Whether the process as a whole is on its way out: each of its threads has gone, is exiting, or
// has the SIGKILL pending by which one of them ends the others (kernel/signal.c,
// zap_other_threads).
bool IsEnding(pid_t pid);

// Children of the calling thread's process, from /proc/self/task/*/children, or by a scan where the
// kernel has no such file (CONFIG_PROC_CHILDREN).
std::vector<pid_t> ChildrenOfSelf();

// All processes that /proc shows to us.
std::vector<pid_t> AllProcesses();

struct ProcessStart {
  char state = '?';
  std::uint64_t ticks = 0;  // when it started: clock ticks since the system did
  pid_t parent = 0;
};
std::optional<ProcessStart> ReadStart(pid_t pid);

// How a process has ended that its parent has not reaped, as wait(2) would tell it (proc(5), field
// 52).  Empty: it has not ended, or is reaped.
std::optional<int> EndOfZombie(pid_t pid);

// Of the environment with which the process executed its program, or that of whom it is a copy.
// Empty: it has no such variable, or we may not look (ptrace(2): another user's, or not dumpable).
std::string EnvironmentOf(pid_t pid, const std::string& name);

std::string CommandOf(pid_t pid);  // comm, or ""

// Reads a word of another process: process_vm_readv(2).  Empty when refused or unmapped.
std::optional<std::uint64_t> ReadWord(pid_t pid, std::uint64_t address);

// Number of open descriptors of the caller.
std::size_t OpenDescriptors();

}  // namespace bulkhead::os

#endif  // BULKHEAD_OS_PROCESS_TABLE_H_
