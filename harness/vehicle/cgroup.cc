// cgroup: every unit a process in a control group of its own, with limits on its memory and on the
// number of its tasks (cgroups(7)).  The supervisor stays outside.
//
// The groups are made once per zygote, because making and removing them takes longer than a trial;
// removed by the supervisor, because a group with a zombie in it cannot be.
//
// Runs in: zygote, and supervisor (WhyNot, CleanUp).
#include "harness/os/cgroup.h"

#include <unistd.h>

#include <string>
#include <vector>

#include "harness/base/msgid.h"
#include "harness/os/call.h"
#include "harness/vehicle/process_unit.h"
#include "harness/vehicle/registry.h"

namespace bulkhead {
namespace {

// Room for a unit and what it starts, and soon exhausted by one that means to.
constexpr os::CgroupLimits kLimits{64 << 20, 64};

class CgroupOfUnit final : public ForkedVehicle {
 public:
  VehicleKind kind() const override { return VehicleKind::kCgroup; }

  std::string WhyNot() const override {
    const Expected<std::vector<std::string>> parents = os::CgroupParents();
    if (!parents)
      return Msgid("cgroups with limits cannot be made") + (": " + parents.error().message);
    return "";
  }

  Expected<void> Prepare() override {
    Expected<std::vector<std::string>> parents = os::CgroupParents();
    if (!parents) return tl::make_unexpected(parents.error());
    parents_ = std::move(*parents);
    return {};
  }

  Expected<void> Launch(const LaunchRequest& request, LaunchedUnits& made) override {
    for (auto index = static_cast<std::uint32_t>(groups_.size()); index < request.units; ++index) {
      Expected<os::Cgroup> group = os::Cgroup::Create(
          parents_, os::CgroupName(request.supervisor, getpid(), index), kLimits);
      if (!group) return tl::make_unexpected(group.error());
      groups_.push_back(std::move(*group));
    }
    return ForkedVehicle::Launch(request, made);
  }

  void CleanUp(pid_t zygote) override {
    const Expected<std::vector<std::string>> parents = os::CgroupParents();
    if (parents) os::RemoveCgroups(*parents, os::CgroupPrefix(getpid(), zygote));
  }

 protected:
  void Settle(const LaunchRequest&, std::uint32_t index) override {
    os::call::LeadGroup();
    // 126: seen as an end before the unit was ready.
    if (!groups_[index].Enter()) _exit(126);
    for (const os::Cgroup& group : groups_) group.Close();
  }

 private:
  std::vector<std::string> parents_;
  std::vector<os::Cgroup> groups_;  // by unit
};

}  // namespace

Vehicle& CgroupVehicle() {
  static CgroupOfUnit vehicle;
  return vehicle;
}

}  // namespace bulkhead
