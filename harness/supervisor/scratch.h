// Where zygotes and units of a run work; what they leave there goes with the run, however it ends.
// The directory carries the identity of its supervisor, which holds a lock on it while it lives.
//
// Runs in: supervisor.  The lock is flock(2)'s: it ends with the process, also by SIGKILL, and is
// seen from other PID namespaces.  Where a file system has no locks the name has to do.
#ifndef BULKHEAD_SUPERVISOR_SCRATCH_H_
#define BULKHEAD_SUPERVISOR_SCRATCH_H_

#include <optional>
#include <string>
#include <utility>

#include "harness/base/error.h"
#include "harness/base/unique_fd.h"
#include "harness/os/identity.h"

namespace bulkhead {

class Scratch {
 public:
  static Expected<Scratch> Make(const std::string& run_directory);
  // Takes over one that a run has left; empty while anybody holds its lock.
  static std::optional<Scratch> TakeOver(const std::string& path);
  // Whose a directory of this name is; empty: it is no scratch directory.
  static std::optional<os::ProcessIdentity> OwnerOf(const std::string& name);

  Scratch(Scratch&& other) noexcept
      : path_(std::exchange(other.path_, "")), lock_(std::move(other.lock_)) {}
  Scratch& operator=(Scratch&&) = delete;
  ~Scratch() { Remove(); }

  const std::string& path() const { return path_; }
  bool Remove();  // with all that is in it; false: something stays

 private:
  Scratch(std::string path, UniqueFd lock) : path_(std::move(path)), lock_(std::move(lock)) {}
  std::string path_;  // absolute or relative as the run's; empty: removed, or moved away
  UniqueFd lock_;
};

}  // namespace bulkhead

#endif  // BULKHEAD_SUPERVISOR_SCRATCH_H_
