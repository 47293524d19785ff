// vfork: the victim is a child made as by vfork(2): it runs in its parent's memory while the thread
// that made it is suspended.  The bystanders are other threads of that parent.
//
// Runs in: zygote, host.
#include "harness/vehicle/hosted.h"
#include "harness/vehicle/registry.h"

namespace bulkhead {
namespace {

class Vfork final : public HostedVehicle {
 public:
  VehicleKind kind() const override { return VehicleKind::kVfork; }

 protected:
  Expected<void> Populate(const LaunchRequest& request, LaunchedUnits& made) override {
    for (std::uint32_t index = 1; index < request.units; ++index) {
      if (Expected<void> started = StartThread(request, index); !started) return started;
    }
    Expected<LaunchedUnit> victim = StartSharingProcess(request, 0);
    if (!victim) return tl::make_unexpected(victim.error());
    made.Add(victim->unit, std::move(victim->pidfd));
    return {};
  }
};

}  // namespace

Vehicle& VforkVehicle() {
  static Vfork vehicle;
  return vehicle;
}

}  // namespace bulkhead
