// pidns-init: the victim is the init of a PID namespace and the bystanders are its members: when
// the init ends, the kernel kills the others (pid_namespaces(7)).  Not a compartment between them,
// but the opposite; the contrast to pidns.
//
// Runs in: zygote.
#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

#include "harness/os/pidfd.h"
#include "harness/vehicle/process_unit.h"
#include "harness/vehicle/registry.h"

namespace bulkhead {
namespace {

class PidnsInit final : public ForkedVehicle {
 public:
  VehicleKind kind() const override { return VehicleKind::kPidnsInit; }
  std::string WhyNot() const override { return PidnsVehicle().WhyNot(); }

  Expected<void> Prepare() override {
    outside_.Reset(open("/proc/self/ns/pid", O_RDONLY | O_CLOEXEC));
    if (!outside_) return FailErrno("cannot open /proc/self/ns/pid");
    return {};
  }

  Expected<void> Launch(const LaunchRequest& request, LaunchedUnits& made) override {
    Expected<os::Cloned> init = os::CloneSibling(CLONE_NEWPID);
    if (!init) return FailWith("PID namespace", init.error());
    if (init->pid == 0) Enter(request, 0);
    const int members = init->pidfd.get();
    made.Add(0, std::move(init->pidfd));
    // Only where the next children go (setns(2), CLONE_NEWPID).
    if (setns(members, CLONE_NEWPID) != 0) return GiveUp(made, "setns into the PID namespace");
    for (std::uint32_t index = 1; index < request.units; ++index) {
      Expected<os::Cloned> member = Clone(request, index);
      if (member && member->pid == 0) Enter(request, index);
      if (!member) {
        (void)setns(outside_.get(), CLONE_NEWPID);
        Abandon(made.all());
        return tl::make_unexpected(member.error());
      }
      made.Add(index, std::move(member->pidfd));
    }
    if (setns(outside_.get(), CLONE_NEWPID) != 0) {
      return GiveUp(made, "setns out of the PID namespace");
    }
    return {};
  }

 protected:
  // A session of its own, because group and session are inherited into the namespace.
  void Settle(const LaunchRequest&, std::uint32_t) override { setsid(); }

 private:
  static tl::unexpected<Error> GiveUp(const LaunchedUnits& made, const char* what) {
    const int error = errno;
    Abandon(made.all());
    return FailErrno(what, error);
  }

  UniqueFd outside_;
};

}  // namespace

Vehicle& PidnsInitVehicle() {
  static PidnsInit vehicle;
  return vehicle;
}

}  // namespace bulkhead
