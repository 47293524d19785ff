#include "harness/os/pidfd.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>

#include "harness/os/process_table.h"

namespace bulkhead::os {
namespace {

std::int64_t Micros(const timeval& time) { return time.tv_sec * 1'000'000LL + time.tv_usec; }

}  // namespace

Expected<UniqueFd> OpenPidfd(pid_t pid) {
  const int fd = static_cast<int>(syscall(SYS_pidfd_open, pid, 0));  // close-on-exec by itself
  if (fd < 0) return FailErrno("pidfd_open");
  return UniqueFd(fd);
}

Expected<void> SendSignal(int pidfd, int signal) {
  if (syscall(SYS_pidfd_send_signal, pidfd, signal, nullptr, 0) != 0) {
    return FailErrno("pidfd_send_signal");
  }
  return {};
}

Expected<std::optional<WaitStatus>> Reap(int pidfd) {
  siginfo_t info{};
  rusage usage{};
  long result;
  do {
    result = syscall(SYS_waitid, P_PIDFD, pidfd, &info, WEXITED | WNOHANG | __WALL, &usage);
  } while (result != 0 && errno == EINTR);
  if (result != 0) return FailErrno("waitid");
  if (info.si_pid == 0) return std::optional<WaitStatus>();
  WaitStatus status;
  status.pid = info.si_pid;
  status.signaled = info.si_code != CLD_EXITED;
  status.status = info.si_status;
  status.core = info.si_code == CLD_DUMPED;
  status.user_us = Micros(usage.ru_utime);
  status.system_us = Micros(usage.ru_stime);
  status.max_rss_kib = usage.ru_maxrss;
  return std::optional(status);
}

bool IsOurChild(int pidfd) {
  siginfo_t info{};
  return syscall(SYS_waitid, P_PIDFD, pidfd, &info, WEXITED | WNOHANG | WNOWAIT | __WALL,
                 nullptr) == 0;
}

pid_t PidOf(int pidfd) {
  char path[64];
  std::snprintf(path, sizeof path, "/proc/self/fdinfo/%d", pidfd);
  UniqueFd file(open(path, O_RDONLY | O_CLOEXEC));
  if (!file) return 0;
  char text[512];
  const ssize_t got = read(file.get(), text, sizeof text - 1);
  if (got <= 0) return 0;
  text[got] = '\0';
  const char* line = std::strstr(text, "\nPid:");
  if (line == nullptr) return 0;
  const long pid = std::strtol(line + 5, nullptr, 10);
  return pid > 0 ? static_cast<pid_t>(pid) : 0;
}

bool IsOurDescendant(int pidfd) {
  pid_t pid = PidOf(pidfd);
  while (pid > 1 && pid != getpid()) {
    const std::optional<ProcessStart> process = ReadStart(pid);
    pid = process ? process->parent : 0;
  }
  return pid > 1;
}

}  // namespace bulkhead::os
