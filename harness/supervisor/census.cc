#include "harness/supervisor/census.h"

#include <poll.h>
#include <sys/prctl.h>

#include <csignal>
#include <filesystem>
#include <optional>

#include "harness/os/pidfd.h"
#include "harness/os/process_table.h"

namespace bulkhead {

void BecomeSubreaper() { prctl(PR_SET_CHILD_SUBREAPER, 1); }

std::vector<std::string> SweepChildren(const std::set<pid_t>& known, const Ledger& ledger) {
  std::vector<std::string> found;
  std::set<pid_t> met = known;
  std::vector<pid_t> children = os::ChildrenOfSelf();
  for (std::size_t i = 0; i < children.size(); ++i) {
    const pid_t pid = children[i];
    if (!met.insert(pid).second) continue;
    // Our child and not reaped, since only we can: the number is still its.
    Expected<UniqueFd> pidfd = os::OpenPidfd(pid);
    if (!pidfd) continue;
    const std::string name = "process " + std::to_string(pid) + " (" + os::CommandOf(pid) + ")";
    Expected<std::optional<os::WaitStatus>> status = os::Reap(pidfd->get());
    if (status && *status) {
      found.push_back(name + ", orphan of a unit, had ended");
      continue;
    }
    if (!ledger({0, 0, pid, SIGKILL, "leaked", 0})) return found;
    (void)os::SendSignal(pidfd->get(), SIGKILL);
    pollfd end{pidfd->get(), POLLIN, 0};
    const bool ended = poll(&end, 1, 3000) > 0 && os::Reap(pidfd->get()).has_value();
    found.push_back(name + ", orphan of a unit, " + (ended ? "ended" : "unkillable"));
    // What was its child has now come to us.
    const std::vector<pid_t> now = os::ChildrenOfSelf();
    children.insert(children.end(), now.begin(), now.end());
  }
  return found;
}

std::set<std::string> NamesIn(const std::string& directory) {
  std::set<std::string> names;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(directory, error)) {
    names.insert(entry.path().filename().string());
  }
  return names;
}

}  // namespace bulkhead
