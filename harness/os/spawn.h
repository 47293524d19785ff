// Starts programs, through Boost.Process v2: the only file that knows it.  Boost launches and lets
// go; the caller reaps.
//
// Runs in: supervisor.
#ifndef BULKHEAD_OS_SPAWN_H_
#define BULKHEAD_OS_SPAWN_H_

#include <sys/types.h>

#include <string>
#include <vector>

#include "harness/base/error.h"
#include "harness/base/unique_fd.h"

namespace bulkhead::os {

struct SpawnRequest {
  std::string program;  // absolute path
  std::vector<std::string> arguments;
  // A descriptor of the caller that the child keeps, under the same number; -1: none.
  int keep = -1;
  int output = -1;        // becomes stdout and stderr; -1: /dev/null.  stdin is /dev/null
  std::string directory;  // working directory; empty: the caller's
  // RLIMIT_CORE of the child, soft and hard, if set_core_limit.
  bool set_core_limit = false;
  unsigned long core_limit = 0;
};

struct Spawned {
  pid_t pid = 0;
  UniqueFd pidfd;
};

// The child is leader of a session of its own, has default signal dispositions, an empty signal
// mask, and gets SIGKILL when the calling thread ends.  Its environment is the caller's with
// LIBC_FATAL_STDERR_=1 and LC_ALL=C.
Expected<Spawned> Spawn(const SpawnRequest& request);

}  // namespace bulkhead::os

#endif  // BULKHEAD_OS_SPAWN_H_
