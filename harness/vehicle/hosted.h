// Units that share an address space: what thread, clone-vm and vfork have in common.  One host
// process per trial, cloned from the zygote; it makes the units and then only waits.
//
// Runs in: zygote (Launch), host (Populate).
#ifndef BULKHEAD_VEHICLE_HOSTED_H_
#define BULKHEAD_VEHICLE_HOSTED_H_

#include <semaphore.h>

#include "harness/vehicle/vehicle.h"

namespace bulkhead {

inline constexpr std::size_t kUnitStackBytes = 1 << 20;

class HostedVehicle : public Vehicle {
 public:
  Expected<void> Launch(const LaunchRequest& request, LaunchedUnits& made) final;

 protected:
  // In the host: makes all units.  Adds those that are processes to `made`.
  virtual Expected<void> Populate(const LaunchRequest& request, LaunchedUnits& made) = 0;
  // In the host, on its first thread: what that one does when all units have been made.
  virtual void Stay(const LaunchRequest& request);
};

// A thread that lives unit `index` of `request`, which must outlive it.
Expected<void> StartThread(const LaunchRequest& request, std::uint32_t index);

// Unit `index` as a process that shares the caller's memory, and what `flags` of clone(2) add: a
// carrier thread makes it and stays suspended as long as it lives, so that the unit has the
// carrier's thread-local storage to itself.
Expected<LaunchedUnit> StartSharingProcess(const LaunchRequest& request, std::uint32_t index,
                                           std::uint64_t flags = 0);

}  // namespace bulkhead

#endif  // BULKHEAD_VEHICLE_HOSTED_H_
