// A look into the victim's own memory: did the wild store really happen there?
//
// Runs in: supervisor, as parent of the unit.
// How it can lie: not about the content; the kernel may refuse (ptrace scope), and then there is no
// second channel.
#ifndef BULKHEAD_OBSERVE_MEMORY_OBSERVER_H_
#define BULKHEAD_OBSERVE_MEMORY_OBSERVER_H_

#include <sys/types.h>

#include <optional>

#include "harness/model/trial.h"
#include "harness/os/process_table.h"

namespace bulkhead {

// Empty when the memory cannot be read.
inline std::optional<TargetRead> LookForToken(pid_t pid, std::uint64_t address,
                                              std::uint64_t token) {
  const std::optional<std::uint64_t> word = os::ReadWord(pid, address);
  if (!word) return std::nullopt;
  return TargetRead{*word == token};
}

}  // namespace bulkhead

#endif  // BULKHEAD_OBSERVE_MEMORY_OBSERVER_H_
