// family: the victim between its creator and its child.  Bystander 2 makes the victim, the victim
// makes the others: what does a process's fault do to its parent, and to its child?
//
// The supervisor is the subreaper above them: who loses its parent becomes its child, and a victim
// that has ended is the supervisor's to reap when its creator, which does not wait for it, has
// ended too (wait(2), PR_SET_CHILD_SUBREAPER(2const)).
//
// Runs in: zygote, and the first steps of the units.
#include <unistd.h>

#include "harness/os/call.h"
#include "harness/vehicle/process_unit.h"
#include "harness/vehicle/registry.h"

namespace bulkhead {
namespace {

constexpr std::uint32_t kVictim = 0, kCreator = 2;

class Family final : public ForkedVehicle {
 public:
  VehicleKind kind() const override { return VehicleKind::kFamily; }

  Expected<void> Launch(const LaunchRequest& request, LaunchedUnits& made) override {
    // With one bystander there is no creator, but a child.
    const bool whole = request.units > kCreator;
    Expected<os::Cloned> eldest = os::CloneSibling();
    if (!eldest) return tl::make_unexpected(eldest.error());
    if (eldest->pid == 0) {
      StayWithSupervisor(request);
      whole ? MakeVictim(request) : MakeChildren(request);
    }
    made.Add(whole ? kCreator : kVictim, std::move(eldest->pidfd));
    return {};
  }

 protected:
  void Settle(const LaunchRequest&, std::uint32_t) override { os::call::LeadGroup(); }

 private:
  [[noreturn]] void Live(const LaunchRequest& request, std::uint32_t index) {
    KeepOwnChannel(request, index);
    Settle(request, index);
    request.body.run(request.body.context, index, request.channels[index]);
    _exit(0);
  }

  // Exit code 126: seen by the supervisor as an end before the units were ready.
  [[noreturn]] void MakeVictim(const LaunchRequest& request) {
    const pid_t self = os::call::ProcessId();
    LaunchedUnits made;
    Expected<os::Cloned> victim = os::CloneChild();
    if (!victim) _exit(126);
    if (victim->pid == 0) {
      os::call::DieWithParent();  // the creator, which stays with the supervisor
      if (os::call::ParentId() != self) _exit(0);
      MakeChildren(request);
    }
    made.Add(kVictim, std::move(victim->pidfd));
    request.body.announce(request.body.context, request.channels[kCreator], made.all());
    Live(request, kCreator);
  }

  // They must outlive the victim, so that no signal comes to them with its end; without the
  // supervisor their channels end, and so do they.
  [[noreturn]] void MakeChildren(const LaunchRequest& request) {
    LaunchedUnits made;
    for (std::uint32_t index = 1; index < request.units; ++index) {
      if (index == kCreator) continue;
      Expected<os::Cloned> child = os::CloneChild();
      if (!child) _exit(126);
      if (child->pid == 0) Live(request, index);
      made.Add(index, std::move(child->pidfd));
    }
    request.body.announce(request.body.context, request.channels[kVictim], made.all());
    Live(request, kVictim);
  }
};

}  // namespace

Vehicle& FamilyVehicle() {
  static Family vehicle;
  return vehicle;
}

}  // namespace bulkhead
