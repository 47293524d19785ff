// pidns: the victim is an ordinary member of a PID namespace of its own; its init is a keeper (the
// trial's host) that does nothing.  Init itself would be no fair victim: the kernel shields it from
// signals of its own namespace, and its end is everybody's there (pid_namespaces(7)).  Bystanders
// stay outside.
//
// Runs in: zygote.
#include <fcntl.h>
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>

#include "harness/base/msgid.h"
#include "harness/os/clone.h"
#include "harness/os/pidfd.h"
#include "harness/vehicle/pid_namespace.h"
#include "harness/vehicle/process_unit.h"
#include "harness/vehicle/registry.h"

namespace bulkhead {
namespace {

class Pidns final : public ForkedVehicle {
 public:
  VehicleKind kind() const override { return VehicleKind::kPidns; }

  std::string WhyNot() const override {
    Expected<os::Cloned> cloned = os::CloneChild(CLONE_NEWPID);
    if (!cloned) return Msgid("a PID namespace is refused") + (": " + cloned.error().message);
    if (cloned->pid == 0) {
      pause();
      _exit(0);
    }
    // What the zygote will do: enter it for the next child, and come back.
    UniqueFd own(open("/proc/self/ns/pid", O_RDONLY | O_CLOEXEC));
    std::string reason;
    if (setns(cloned->pidfd.get(), CLONE_NEWPID) != 0) {
      reason = Msgid("entering a PID namespace is refused") + std::string(": ") + strerror(errno);
    } else if (setns(own.get(), CLONE_NEWPID) != 0) {
      reason = Msgid("leaving a PID namespace is refused") + std::string(": ") + strerror(errno);
    }
    (void)os::SendSignal(cloned->pidfd.get(), SIGKILL);
    siginfo_t info;
    waitid(P_PID, static_cast<id_t>(cloned->pid), &info, WEXITED);
    return reason;
  }

  Expected<void> Prepare() override { return door_.Prepare(); }

  Expected<void> Launch(const LaunchRequest& request, LaunchedUnits& made) override {
    Expected<os::Cloned> keeper = os::CloneSibling(CLONE_NEWPID);
    if (!keeper) return FailWith("PID namespace", keeper.error());
    if (keeper->pid == 0) {
      signal(SIGCHLD, SIG_IGN);  // orphans of the namespace are reaped by the kernel
      Enter(request, request.units);
    }
    keeper_ = keeper->pidfd.get();
    made.Add(request.units, std::move(keeper->pidfd));
    return ForkedVehicle::Launch(request, made);
  }

 protected:
  Expected<os::Cloned> Clone(const LaunchRequest& request, std::uint32_t index) override {
    return index == 0 ? door_.CloneInside(keeper_) : ForkedVehicle::Clone(request, index);
  }

  // A session of its own, because group and session are inherited into the namespace.
  void Settle(const LaunchRequest&, std::uint32_t) override { setsid(); }

 private:
  PidNamespaceDoor door_;
  int keeper_ = -1;
};

}  // namespace

Vehicle& PidnsVehicle() {
  static Pidns vehicle;
  return vehicle;
}

}  // namespace bulkhead
