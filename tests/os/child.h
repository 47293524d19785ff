// Child processes for tests of the kernel layer.
#ifndef BULKHEAD_TESTS_OS_CHILD_H_
#define BULKHEAD_TESTS_OS_CHILD_H_

#include <poll.h>
#include <sys/resource.h>
#include <unistd.h>

#include <stdexcept>
#include <utility>

#include "harness/os/pidfd.h"

namespace bulkhead::os {

struct Child {
  pid_t pid = 0;
  UniqueFd pidfd;
};

// Forks; the child runs `body` and leaves with its value.  It dumps no core.
template <typename Body>
Child StartChild(Body body) {
  const pid_t pid = fork();
  if (pid < 0) throw std::runtime_error("fork");
  if (pid == 0) {
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    _exit(body());
  }
  Expected<UniqueFd> pidfd = OpenPidfd(pid);
  if (!pidfd) throw std::runtime_error(pidfd.error().message);
  return {pid, std::move(*pidfd)};
}

inline WaitStatus AwaitEnd(int pidfd) {
  pollfd end{pidfd, POLLIN, 0};
  while (poll(&end, 1, -1) < 0) {
  }
  Expected<std::optional<WaitStatus>> status = Reap(pidfd);
  if (!status) throw std::runtime_error(status.error().message);
  if (!*status) throw std::runtime_error("the pidfd was readable before the end");
  return **status;
}

}  // namespace bulkhead::os

#endif  // BULKHEAD_TESTS_OS_CHILD_H_
