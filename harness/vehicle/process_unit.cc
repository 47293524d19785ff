#include "harness/vehicle/process_unit.h"

#include <fcntl.h>
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

void KeepOwnChannel(const LaunchRequest& request, std::uint32_t index) {
  os::call::Close(request.zygote_channel);
  for (std::uint32_t i = 0; i < request.channels.size(); ++i) {
    if (i != index) os::call::Close(request.channels[i]);
  }
}

void BecomeUnit(const LaunchRequest& request, std::uint32_t index) {
  StayWithSupervisor(request);
  KeepOwnChannel(request, index);
}

std::string WhyNotInChild(const std::function<std::string()>& ask) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return std::string("pipe2: ") + std::strerror(errno);
  const UniqueFd reader(ends[0]);
  UniqueFd writer(ends[1]);
  Expected<os::Cloned> child = os::CloneChild();
  if (!child)
    return Msgid("processes cannot be cloned with a pidfd") + (": " + child.error().message);
  if (child->pid == 0) {
    const std::string why = ask();
    // Exit code 1: there is a reason, whether or not it can be told.
    if (write(writer.get(), why.data(), why.size()) < 0) _exit(1);
    _exit(why.empty() ? 0 : 1);
  }
  writer.Reset();
  char why[512];
  const ssize_t bytes = read(reader.get(), why, sizeof why);
  siginfo_t info{};
  waitid(P_PID, static_cast<id_t>(child->pid), &info, WEXITED);
  if (bytes > 0) return std::string(why, static_cast<std::size_t>(bytes));
  return info.si_code == CLD_EXITED && info.si_status == 0 ? "" : Msgid("trying it ended badly");
}

std::string WhyNoNamespace(int flags, const std::string& what) {
  return WhyNotInChild(
      [&] { return unshare(flags) == 0 ? std::string() : what + ": " + std::strerror(errno); });
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
