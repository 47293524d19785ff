// fork: every unit a process.  Each is leader of a process group of its own, so that a signal to
// "my group" stays in the unit; the session is the zygote's.
//
// Runs in: zygote.
#include "harness/os/call.h"
#include "harness/vehicle/process_unit.h"
#include "harness/vehicle/registry.h"

namespace bulkhead {
namespace {

class Fork final : public ForkedVehicle {
 public:
  VehicleKind kind() const override { return VehicleKind::kFork; }

 protected:
  void Settle(const LaunchRequest&, std::uint32_t) override { os::call::LeadGroup(); }
};

}  // namespace

Vehicle& ForkVehicle() {
  static Fork vehicle;
  return vehicle;
}

}  // namespace bulkhead
