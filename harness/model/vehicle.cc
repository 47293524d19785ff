#include "harness/model/vehicle.h"

#include <array>

namespace bulkhead {
namespace {

constexpr std::array kVehicles{
    VehicleTraits{VehicleKind::kThread, "thread", "threads of one process", true, false, false,
                  false, true},
    VehicleTraits{VehicleKind::kMain, "main",
                  "the first thread of a process beside its other threads", true, false, false,
                  false, true},
    VehicleTraits{VehicleKind::kCloneAll, "clone-all",
                  "processes that share address space, descriptors, directory and signal handlers",
                  true, true, true, false, true},
    VehicleTraits{VehicleKind::kCloneVm, "clone-vm", "processes that share one address space", true,
                  true, true, false, true},
    VehicleTraits{VehicleKind::kVfork, "vfork", "a vfork child beside its parent's threads", true,
                  true, false, false, true},
    VehicleTraits{VehicleKind::kFork, "fork", "forked processes", false, true, true, false, false},
    VehicleTraits{VehicleKind::kExec, "exec", "processes that execute a fresh program", false, true,
                  true, false, false},
    VehicleTraits{VehicleKind::kSession, "session", "processes, each in a session of its own",
                  false, true, true, false, false},
    VehicleTraits{VehicleKind::kUserns, "userns", "processes, each in a user namespace of its own",
                  false, true, true, false, false},
    VehicleTraits{VehicleKind::kNetns, "netns", "processes, each in a network namespace of its own",
                  false, true, true, false, false},
    VehicleTraits{VehicleKind::kPidnsInit, "pidns-init",
                  "the init of a PID namespace; the bystanders are members of it", false, true,
                  true, true, false},
    VehicleTraits{VehicleKind::kPidns, "pidns",
                  "a process in a PID namespace of its own, as ordinary member", false, true, true,
                  false, true},
};

}  // namespace

std::span<const VehicleTraits> AllVehicles() { return kVehicles; }

const VehicleTraits& TraitsOf(VehicleKind kind) {
  return kVehicles[static_cast<std::size_t>(kind)];
}

std::optional<VehicleKind> FindVehicle(std::string_view name) {
  for (const VehicleTraits& traits : kVehicles) {
    if (traits.name == name) return traits.kind;
  }
  return std::nullopt;
}

std::vector<std::string> VehicleNames() {
  std::vector<std::string> names;
  for (const VehicleTraits& traits : kVehicles) names.emplace_back(traits.name);
  return names;
}

}  // namespace bulkhead
