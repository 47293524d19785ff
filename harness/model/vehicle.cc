#include "harness/model/vehicle.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace bulkhead {
namespace {

constexpr int kNobody = -1;

constexpr std::array kVehicles{
    VehicleTraits{VehicleKind::kThread, "thread", "threads of one process", true, false, false,
                  kNobody, true},
    VehicleTraits{VehicleKind::kMain, "main",
                  "the first thread of a process beside its other threads", true, false, false,
                  kNobody, true},
    VehicleTraits{VehicleKind::kCloneAll, "clone-all",
                  "processes that share address space, descriptors, directory and signal handlers",
                  true, true, true, kNobody, true},
    VehicleTraits{VehicleKind::kCloneVm, "clone-vm", "processes that share one address space", true,
                  true, true, kNobody, true},
    VehicleTraits{VehicleKind::kVfork, "vfork", "a vfork child beside its parent's threads", true,
                  true, false, kNobody, true},
    VehicleTraits{VehicleKind::kFork, "fork", "forked processes", false, true, true, kNobody,
                  false},
    VehicleTraits{VehicleKind::kFamily,
                  "family",
                  "a process between its parent and its child",
                  false,
                  true,
                  true,
                  2,
                  false,
                  {"family"},
                  true},
    VehicleTraits{VehicleKind::kExec, "exec", "processes that execute a fresh program", false, true,
                  true, kNobody, false},
    VehicleTraits{VehicleKind::kSession, "session", "processes, each in a session of its own",
                  false, true, true, kNobody, false},
    VehicleTraits{VehicleKind::kUserns, "userns", "processes, each in a user namespace of its own",
                  false, true, true, kNobody, false},
    VehicleTraits{VehicleKind::kNetns,
                  "netns",
                  "processes, each on a host of its own: a network namespace with a link",
                  false,
                  true,
                  true,
                  kNobody,
                  false,
                  {"hosts"}},
    VehicleTraits{VehicleKind::kCgroup,
                  "cgroup",
                  "processes, each in a cgroup of its own, with limits on memory and tasks",
                  false,
                  true,
                  true,
                  kNobody,
                  false,
                  {"memory-limit", "task-limit"}},
    VehicleTraits{VehicleKind::kPidnsInit, "pidns-init",
                  "the init of a PID namespace; the bystanders are members of it", false, true,
                  true, 0, false},
    VehicleTraits{VehicleKind::kPidns, "pidns",
                  "a process in a PID namespace of its own, as ordinary member", false, true, true,
                  kNobody, true},
};

}  // namespace

std::span<const VehicleTraits> AllVehicles() { return kVehicles; }

bool VehicleTraits::Gives(std::string_view need) const {
  return std::ranges::find(gives, need) != gives.end();
}

bool IsGivenByVehicle(std::string_view need) {
  return std::ranges::any_of(kVehicles, [&](const auto& vehicle) { return vehicle.Gives(need); });
}

std::uint32_t HostAddress(std::uint32_t index) {
  // 198.18.0.(index + 1)
  return htonl((198u << 24 | 18u << 16) + index + 1);
}

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
