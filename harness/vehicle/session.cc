// session: every unit a process in a session of its own: no shared controlling terminal, group or
// job-control signal.
//
// Runs in: zygote.
#include <unistd.h>

#include "harness/vehicle/process_unit.h"
#include "harness/vehicle/registry.h"

namespace bulkhead {
namespace {

class Session final : public ForkedVehicle {
 public:
  VehicleKind kind() const override { return VehicleKind::kSession; }

 protected:
  void Settle(const LaunchRequest&, std::uint32_t) override { setsid(); }
};

}  // namespace

Vehicle& SessionVehicle() {
  static Session vehicle;
  return vehicle;
}

}  // namespace bulkhead
