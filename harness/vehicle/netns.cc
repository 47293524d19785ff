// netns: every unit a process in a network namespace of its own, without any interface that is up
// (network_namespaces(7)).
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

class Netns final : public ForkedVehicle {
 public:
  VehicleKind kind() const override { return VehicleKind::kNetns; }

  std::string WhyNot() const override {
    return WhyNoNamespace(CLONE_NEWNET, Msgid("a network namespace is refused"));
  }

 protected:
  void Settle(const LaunchRequest&, std::uint32_t) override {
    os::call::LeadGroup();
    if (unshare(CLONE_NEWNET) != 0) _exit(126);  // seen as an end before the unit was ready
  }
};

}  // namespace

Vehicle& NetnsVehicle() {
  static Netns vehicle;
  return vehicle;
}

}  // namespace bulkhead
