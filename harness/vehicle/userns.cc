// userns: every unit a process in a user namespace of its own: no privilege that it has there
// reaches anything outside (user_namespaces(7)).  No ids are mapped, so that it is nobody to the
// others.
//
// Runs in: zygote.
#include <sched.h>
#include <unistd.h>

#include "harness/base/msgid.h"
#include "harness/os/call.h"
#include "harness/vehicle/process_unit.h"
#include "harness/vehicle/registry.h"

namespace bulkhead {
namespace {

class Userns final : public ForkedVehicle {
 public:
  VehicleKind kind() const override { return VehicleKind::kUserns; }

  std::string WhyNot() const override {
    return WhyNoNamespace(CLONE_NEWUSER, Msgid("a user namespace is refused"));
  }

 protected:
  void Settle(const LaunchRequest& request, std::uint32_t) override {
    os::call::LeadGroup();
    if (unshare(CLONE_NEWUSER) != 0) _exit(126);  // seen as an end before the unit was ready
    // New credentials have disarmed it (prctl(2), PR_SET_PDEATHSIG).
    StayWithSupervisor(request);
  }
};

}  // namespace

Vehicle& UsernsVehicle() {
  static Userns vehicle;
  return vehicle;
}

}  // namespace bulkhead
