#include "harness/vehicle/process_unit.h"

#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>

#include "harness/base/msgid.h"
#include "harness/os/call.h"
#include "harness/os/pidfd.h"

namespace bulkhead {

void StayWithSupervisor(const LaunchRequest& request) {
  os::call::DieWithParent();
  // It may have ended before that.  0: the parent lies outside our PID namespace, where its end
  // takes the namespace's init and so us.
  const pid_t parent = os::call::ParentId();
  if (parent != request.supervisor && parent != 0) _exit(0);
}

void BecomeUnit(const LaunchRequest& request, std::uint32_t index) {
  StayWithSupervisor(request);
  os::call::Close(request.zygote_channel);
  for (std::uint32_t i = 0; i < request.channels.size(); ++i) {
    if (i != index) os::call::Close(request.channels[i]);
  }
}

std::string WhyNoNamespace(int flags, const std::string& what) {
  Expected<os::Cloned> child = os::CloneChild();
  if (!child)
    return Msgid("processes cannot be cloned with a pidfd") + (": " + child.error().message);
  // Its errno is its exit code: they all fit.
  if (child->pid == 0) _exit(unshare(flags) == 0 ? 0 : errno);
  siginfo_t info;
  waitid(P_PID, static_cast<id_t>(child->pid), &info, WEXITED);
  return info.si_status == 0 ? "" : what + ": " + std::strerror(info.si_status);
}

void Abandon(std::span<const LaunchedUnit> launched) {
  for (const LaunchedUnit& one : launched) (void)os::SendSignal(one.pidfd.get(), SIGKILL);
}

Expected<os::Cloned> ForkedVehicle::Clone(const LaunchRequest&, std::uint32_t) {
  return os::CloneSibling();
}

void ForkedVehicle::Enter(const LaunchRequest& request, std::uint32_t index) {
  BecomeUnit(request, index);
  Settle(request, index);
  request.body.run(request.body.context, index, request.channels[index]);
  _exit(0);
}

Expected<void> ForkedVehicle::Launch(const LaunchRequest& request, LaunchedUnits& made) {
  for (std::uint32_t i = 0; i < request.units; ++i) {
    const std::uint32_t index = (i + MadeFirst()) % request.units;
    Expected<os::Cloned> unit = Clone(request, index);
    if (!unit) {
      Abandon(made.all());
      return tl::make_unexpected(unit.error());
    }
    if (unit->pid == 0) Enter(request, index);
    made.Add(index, std::move(unit->pidfd));
  }
  return {};
}

}  // namespace bulkhead
