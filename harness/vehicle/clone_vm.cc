// clone-vm: every unit a process, all in one address space (clone(2), CLONE_VM).  Descriptor tables
// and signal handlers are copies.
//
// Runs in: zygote, host.
#include "harness/vehicle/hosted.h"
#include "harness/vehicle/registry.h"

namespace bulkhead {
namespace {

class CloneVm final : public HostedVehicle {
 public:
  VehicleKind kind() const override { return VehicleKind::kCloneVm; }

 protected:
  Expected<void> Populate(const LaunchRequest& request, LaunchedUnits& made) override {
    for (std::uint32_t index = 0; index < request.units; ++index) {
      Expected<LaunchedUnit> unit = StartSharingProcess(request, index);
      if (!unit) return tl::make_unexpected(unit.error());
      made.Add(unit->unit, std::move(unit->pidfd));
    }
    return {};
  }
};

}  // namespace

Vehicle& CloneVmVehicle() {
  static CloneVm vehicle;
  return vehicle;
}

}  // namespace bulkhead
