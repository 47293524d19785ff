// A vehicle builds the compartment of one trial: it turns a loaded zygote into units that are kept
// apart as its name says.  One boundary per file; the table is in registry.cc.
//
// Runs in: zygote (Prepare, Launch) and supervisor (WhyNot, CleanUp).  Keeps no state between
// trials but what Prepare made.
#ifndef BULKHEAD_VEHICLE_VEHICLE_H_
#define BULKHEAD_VEHICLE_VEHICLE_H_

#include <sys/types.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>

#include "harness/base/error.h"
#include "harness/base/unique_fd.h"
#include "harness/model/vehicle.h"
#include "harness/model/wire.h"

namespace bulkhead {

// A process that a vehicle has made, for the supervisor.
struct LaunchedUnit {
  std::uint32_t unit = 0;
  UniqueFd pidfd;
};

// Those of one trial.  On the zygote's stack and not on its heap: each fork shares every page anew,
// and the first store to each costs a fault.
class LaunchedUnits {
 public:
  void Add(std::uint32_t unit, UniqueFd pidfd) {
    if (count_ < units_.size()) units_[count_++] = {unit, std::move(pidfd)};
  }
  std::span<const LaunchedUnit> all() const { return std::span(units_).first(count_); }

 private:
  std::array<LaunchedUnit, wire::kMostUnits> units_;
  std::size_t count_ = 0;
};

// What the layer above does inside: plain function pointers, because they run in freshly cloned
// processes and on foreign stacks.
struct UnitBody {
  void* context = nullptr;
  // The whole life of unit `index`.  It may return when the unit is a thread; for a process the
  // vehicle ends it then.  Index `units` is the host.
  void (*run)(void* context, std::uint32_t index, int channel) = nullptr;
  // In a host: these processes have been made beside it.
  void (*announce)(void* context, int channel, std::span<const LaunchedUnit> launched) = nullptr;
};

struct LaunchRequest {
  std::uint32_t units = 0;        // victim and bystanders
  std::span<const int> channels;  // units' ends by index; the host's last, if there is one
  UnitBody body;
  int zygote_channel = -1;  // the zygote's own: no unit may keep it
  pid_t supervisor = 0;     // parent of the zygote and of every unit
  const char* plugin = "";  // for units that load it anew
  std::uint64_t trial = 0;  // by which they know their briefing

  bool HasHost() const { return channels.size() > units; }
  int HostChannel() const { return channels[units]; }
};

class Vehicle {
 public:
  virtual ~Vehicle() = default;
  virtual VehicleKind kind() const = 0;

  // In the supervisor: empty if this machine grants the vehicle, otherwise why not.  Asks by doing.
  virtual std::string WhyNot() const;

  // In the zygote, once, before its first trial.
  virtual Expected<void> Prepare() { return {}; }

  // In the zygote: makes all units and adds those that are its processes to `made`.  Returns only
  // there.  After a failure what was made until then has got SIGKILL.
  virtual Expected<void> Launch(const LaunchRequest& request, LaunchedUnits& made) = 0;

  // In the supervisor, when `zygote` (0: all of them) and its units have ended: removes what
  // outlives them.
  virtual void CleanUp(pid_t /*zygote*/) {}
};

Vehicle& VehicleFor(VehicleKind kind);

}  // namespace bulkhead

#endif  // BULKHEAD_VEHICLE_VEHICLE_H_
