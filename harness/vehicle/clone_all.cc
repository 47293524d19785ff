// clone-all: every unit a process, and all share what clone(2) can share without making them
// threads: address space, descriptor table, directory and umask, signal handlers.
//
// Runs in: zygote, host.
#include <sched.h>

#include "harness/vehicle/hosted.h"
#include "harness/vehicle/registry.h"

namespace bulkhead {
namespace {

class CloneAll final : public HostedVehicle {
 public:
  VehicleKind kind() const override { return VehicleKind::kCloneAll; }

 protected:
  Expected<void> Populate(const LaunchRequest& request, LaunchedUnits& made) override {
    for (std::uint32_t index = 0; index < request.units; ++index) {
      Expected<LaunchedUnit> unit =
          StartSharingProcess(request, index, CLONE_FILES | CLONE_FS | CLONE_SIGHAND);
      if (!unit) return tl::make_unexpected(unit.error());
      made.Add(unit->unit, std::move(unit->pidfd));
    }
    return {};
  }
};

}  // namespace

Vehicle& CloneAllVehicle() {
  static CloneAll vehicle;
  return vehicle;
}

}  // namespace bulkhead
