// Control groups that this program makes for one unit each, whichever of v1, v2 and hybrid the
// machine gives: one directory per hierarchy, made beside the caller's own cgroup or, where that
// cannot be, further up.
//
// Runs in: zygote (Create), unit (Enter), supervisor (the others).  Nothing of what was there
// before is changed, no controller is switched on.  A cgroup outlives its processes and its maker:
// the name begins with the supervisor's identity (identity.h), so that who finds it later knows
// whether it is still needed.  Source: cgroups(7), Documentation/admin-guide/cgroup-v2.rst and
// cgroup-v1/.
#ifndef BULKHEAD_OS_CGROUP_H_
#define BULKHEAD_OS_CGROUP_H_

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/base/error.h"
#include "harness/base/unique_fd.h"

namespace bulkhead::os {

// What the names of all begin with that any run makes.
inline constexpr std::string_view kCgroupPrefix = "bulkhead-";

struct CgroupLimits {
  std::uint64_t memory_bytes = 0;
  std::uint64_t tasks = 0;  // processes and threads
};

// "bulkhead-4711-81234-4712-0": of `supervisor`, for unit `index` of `zygote`.
std::string CgroupName(pid_t supervisor, pid_t zygote, std::uint32_t index);
// What the names of all units of `zygote` begin with; 0: of all zygotes.
std::string CgroupPrefix(pid_t supervisor, pid_t zygote);

// Where hierarchies are mounted, of both versions.
std::vector<std::string> CgroupMountPoints();

// The hierarchies' directories in which the caller can make cgroups with limits on memory and
// tasks: one for both, or one each.  Found by trying, once per process.
Expected<std::vector<std::string>> CgroupParents();

class Cgroup {
 public:
  // An existing one of that name is taken over.  After a failure nothing is left.
  static Expected<Cgroup> Create(const std::vector<std::string>& parents, const std::string& name,
                                 const CgroupLimits& limits);

  // The calling process, with all its threads.  Async-signal-safe.
  bool Enter() const;
  // The ways in; a unit that has entered must not keep them.  Async-signal-safe.
  void Close() const;

 private:
  std::vector<UniqueFd> doors_;
};

// How often the kernel has killed for want of memory in the cgroup; empty when it does not say.
std::optional<std::uint64_t> OomKills(const std::vector<std::string>& parents,
                                      const std::string& name);

// Removes all whose names begin so.  What still holds a process, dead and unreaped ones included,
// stays.
void RemoveCgroups(const std::vector<std::string>& parents, const std::string& prefix);

}  // namespace bulkhead::os

#endif  // BULKHEAD_OS_CGROUP_H_
