// Units that are processes of their own: what fork, session, exec and pidns have in common.
//
// Runs in: zygote, and the first steps of a unit.
#ifndef BULKHEAD_VEHICLE_PROCESS_UNIT_H_
#define BULKHEAD_VEHICLE_PROCESS_UNIT_H_

#include <functional>
#include <string>

#include "harness/os/clone.h"
#include "harness/vehicle/vehicle.h"

namespace bulkhead {

// Arms PDEATHSIG and leaves when the supervisor has ended meanwhile; closes the channel ends of all
// other units and of the zygote.  First thing in every unit that is a process.  Async-signal-safe.
void BecomeUnit(const LaunchRequest& request, std::uint32_t index);

// Arms PDEATHSIG and leaves when the supervisor has ended meanwhile.
void StayWithSupervisor(const LaunchRequest& request);

// Asks in a child of the caller that is thrown away; `ask` says why not, or nothing.
std::string WhyNotInChild(const std::function<std::string()>& ask);
// Empty if a child of the caller can unshare(2) `flags`, else `what` and the kernel's reason.
std::string WhyNoNamespace(int flags, const std::string& what);

// SIGKILL to all of them; the supervisor reaps.
void Abandon(std::span<const LaunchedUnit> launched);

// Every unit a process, forked from the zygote.
class ForkedVehicle : public Vehicle {
 public:
  Expected<void> Launch(const LaunchRequest& request, LaunchedUnits& made) override;

 protected:
  // Makes the process of unit `index`; returns in the zygote and, with pid 0, in the child.
  virtual Expected<os::Cloned> Clone(const LaunchRequest& request, std::uint32_t index);
  // The unit with which Launch begins; the others follow in order, and after the last comes 0.
  // Bystanders first: who is made last is the last to be ready, most of the time.
  virtual std::uint32_t MadeFirst() const { return 1; }
  // In the child, after BecomeUnit: steps into the compartment, then lives.  Never returns.
  [[noreturn]] void Enter(const LaunchRequest& request, std::uint32_t index);
  // In the child: what distinguishes this vehicle from a plain fork.
  virtual void Settle(const LaunchRequest& request, std::uint32_t index) = 0;
};

}  // namespace bulkhead

#endif  // BULKHEAD_VEHICLE_PROCESS_UNIT_H_
