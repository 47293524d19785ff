// thread: all units are threads of one host process.
//
// Runs in: zygote, host.
#include "harness/vehicle/hosted.h"
#include "harness/vehicle/registry.h"

namespace bulkhead {
namespace {

class Thread final : public HostedVehicle {
 public:
  VehicleKind kind() const override { return VehicleKind::kThread; }

 protected:
  Expected<void> Populate(const LaunchRequest& request, LaunchedUnits&) override {
    for (std::uint32_t index = 0; index < request.units; ++index) {
      if (Expected<void> started = StartThread(request, index); !started) return started;
    }
    return {};
  }
};

}  // namespace

Vehicle& ThreadVehicle() {
  static Thread vehicle;
  return vehicle;
}

}  // namespace bulkhead
