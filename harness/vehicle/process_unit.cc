#include "harness/vehicle/process_unit.h"

#include <sys/prctl.h>
#include <unistd.h>

#include <csignal>

#include "harness/os/clone.h"
#include "harness/os/pidfd.h"

namespace bulkhead {

void BecomeUnit(const LaunchRequest& request, std::uint32_t index) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  // It may have ended before prctl.  0: the parent lies outside our PID namespace, where its end
  // takes the namespace's init and so us.
  const pid_t parent = getppid();
  if (parent != request.supervisor && parent != 0) _exit(0);
  close(request.zygote_channel);
  for (std::uint32_t i = 0; i < request.channels.size(); ++i) {
    if (i != index) close(request.channels[i]);
  }
}

void Abandon(std::span<const LaunchedUnit> launched) {
  for (const LaunchedUnit& one : launched) (void)os::SendSignal(one.pidfd.get(), SIGKILL);
}

Expected<LaunchedUnit> ForkedVehicle::Clone(const LaunchRequest&, std::uint32_t index,
                                            bool& in_child) {
  Expected<os::Cloned> cloned = os::CloneSibling();
  if (!cloned) return tl::make_unexpected(cloned.error());
  in_child = cloned->pid == 0;
  return LaunchedUnit{index, std::move(cloned->pidfd)};
}

void ForkedVehicle::Enter(const LaunchRequest& request, std::uint32_t index) {
  BecomeUnit(request, index);
  Settle(request, index);
  request.body.run(request.body.context, index, request.channels[index]);
  _exit(0);
}

Expected<std::vector<LaunchedUnit>> ForkedVehicle::Launch(const LaunchRequest& request) {
  std::vector<LaunchedUnit> launched;
  launched.reserve(request.units);
  // Bystanders first: they fill their canaries while the victim is being made.
  for (std::uint32_t i = 0; i < request.units; ++i) {
    const std::uint32_t index = (i + 1) % request.units;
    bool in_child = false;
    Expected<LaunchedUnit> one = Clone(request, index, in_child);
    if (one && in_child) Enter(request, index);
    if (!one) {
      Abandon(launched);
      return tl::make_unexpected(one.error());
    }
    launched.push_back(std::move(*one));
  }
  return launched;
}

}  // namespace bulkhead
