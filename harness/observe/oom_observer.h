// How often the kernel has ended something for want of memory in a unit's cgroup.
//
// Runs in: supervisor.
// How it can lie: the count is of kills, not of whom; and it is the group's, so that what the unit
// has started counts, too.  Beside an end by SIGKILL that nobody sent it explains that end.
#ifndef BULKHEAD_OBSERVE_OOM_OBSERVER_H_
#define BULKHEAD_OBSERVE_OOM_OBSERVER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/model/trial.h"
#include "harness/os/cgroup.h"

namespace bulkhead {

class OomObserver {
 public:
  // From now on, in the cgroup `name`.
  OomObserver(std::vector<std::string> parents, std::string name)
      : parents_(std::move(parents)), name_(std::move(name)), before_(Count()) {}

  // Empty: none so far.
  std::optional<OomKilled> Look() const {
    const std::uint64_t now = Count();
    if (now <= before_) return std::nullopt;
    return OomKilled{now - before_};
  }

 private:
  std::uint64_t Count() const { return os::OomKills(parents_, name_).value_or(0); }

  std::vector<std::string> parents_;
  std::string name_;
  std::uint64_t before_;
};

}  // namespace bulkhead

#endif  // BULKHEAD_OBSERVE_OOM_OBSERVER_H_
