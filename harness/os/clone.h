// New processes by clone(2), as siblings: the parent is the caller's parent (CLONE_PARENT), so that
// the supervisor reaps what a zygote makes.
//
// Runs in: zygote and host.  The caller of CloneSibling must be single-threaded, or its child must
// keep to async-signal-safe calls; glibc's fork handlers are not run and its cached thread id is
// stale in the child.
#ifndef BULKHEAD_OS_CLONE_H_
#define BULKHEAD_OS_CLONE_H_

#include <sys/types.h>

#include <cstdint>

#include "harness/base/error.h"
#include "harness/base/unique_fd.h"

namespace bulkhead::os {

struct Cloned {
  pid_t pid = 0;   // 0 in the child
  UniqueFd pidfd;  // empty in the child
};

// fork-like: returns twice.  `flags`: additional CLONE_NEW* flags.
Expected<Cloned> CloneSibling(std::uint64_t flags = 0);

// Same, as an ordinary child of the caller (for checks of what the machine grants).
Expected<Cloned> CloneChild(std::uint64_t flags = 0);

// A sibling process that shares the caller's address space and runs `body(argument)` on
// `stack_top`. The calling thread is suspended until the child has ended or executed another
// program (CLONE_VFORK): meanwhile the child may use the caller's thread-local storage. `pidfd` is
// written before the child starts and installed in the caller's descriptor table; `flags` may add
// CLONE_FILES and the like.
Expected<pid_t> CloneSharingMemory(int (*body)(void*), void* argument, void* stack_top, int* pidfd,
                                   std::uint64_t flags = 0);

}  // namespace bulkhead::os

#endif  // BULKHEAD_OS_CLONE_H_
