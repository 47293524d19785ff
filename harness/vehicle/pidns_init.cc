// pidns-init: the victim is the init of a PID namespace and the bystanders are its members: when
// the init ends, the kernel kills the others (pid_namespaces(7)).  Not a compartment between them,
// but the opposite; the contrast to pidns.
//
// Runs in: zygote.
#include <sched.h>
#include <unistd.h>

#include "harness/vehicle/pid_namespace.h"
#include "harness/vehicle/process_unit.h"
#include "harness/vehicle/registry.h"

namespace bulkhead {
namespace {

class PidnsInit final : public ForkedVehicle {
 public:
  VehicleKind kind() const override { return VehicleKind::kPidnsInit; }
  std::string WhyNot() const override { return PidnsVehicle().WhyNot(); }
  Expected<void> Prepare() override { return door_.Prepare(); }

 protected:
  // There are no members before the init.
  std::uint32_t MadeFirst() const override { return 0; }

  Expected<os::Cloned> Clone(const LaunchRequest&, std::uint32_t index) override {
    if (index != 0) return door_.CloneInside(init_);
    Expected<os::Cloned> init = os::CloneSibling(CLONE_NEWPID);
    if (init) init_ = init->pidfd.get();
    return init;
  }

  // A session of its own, because group and session are inherited into the namespace.
  void Settle(const LaunchRequest&, std::uint32_t) override { setsid(); }

 private:
  PidNamespaceDoor door_;
  int init_ = -1;  // open until the units of the trial have been handed over
};

}  // namespace

Vehicle& PidnsInitVehicle() {
  static PidnsInit vehicle;
  return vehicle;
}

}  // namespace bulkhead
