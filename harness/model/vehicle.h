// The vehicles' names and what each of them shares: values; the code that builds them is
// harness/vehicle.
//
// Runs in: anywhere.
#ifndef BULKHEAD_MODEL_VEHICLE_H_
#define BULKHEAD_MODEL_VEHICLE_H_

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bulkhead {

// How a unit is kept apart from its neighbours.  The order is that of isolation strength, weakest
// first, and the order of every table.  The numbers travel between supervisor and zygote alone.
enum class VehicleKind : std::uint32_t {
  kThread,     // threads of one host process
  kMain,       // the victim is the first thread of the host, bystanders are other threads of it
  kCloneAll,   // each unit a process; address space, descriptors, cwd, handlers are shared
  kCloneVm,    // each unit a process; the address space is shared
  kVfork,      // the victim is a vfork child of the host; bystanders are threads of the host
  kFork,       // each unit a process of its own
  kFamily,     // the victim is a child of bystander 2, and bystander 1 is its child
  kExec,       // each unit a freshly executed program
  kSession,    // each unit a process in its own session
  kUserns,     // each unit a process in its own user namespace
  kNetns,      // each unit a process on a host of its own: a network namespace with a link
  kCgroup,     // each unit a process in a cgroup of its own, with limits
  kPidnsInit,  // the victim is the init of a PID namespace, the bystanders are its members
  kPidns,      // the victim is an ordinary member of a PID namespace of its own
};

struct VehicleTraits {
  VehicleKind kind;
  std::string_view name;     // as written in claim files and on the command line
  std::string_view summary;  // one line for `list` and reports
  bool shares_memory;        // units of one trial share an address space
  bool victim_is_process;    // the kernel attests the victim's own end
  bool bystanders_are_processes;
  int holder;  // index of the unit with which the others end, whatever they do; -1: none
  // One process more per trial, disposable: it holds the sharing units, or is the namespace's init.
  bool has_host;
  // What scenarios may need of a vehicle and only some give: "hosts", "memory-limit", "task-limit",
  // "family".
  std::array<std::string_view, 2> gives{};
  bool nested = false;  // units are each other's parents, and the supervisor their subreaper

  bool Gives(std::string_view need) const;
};

// Whether any vehicle gives it: otherwise it is a capability.
bool IsGivenByVehicle(std::string_view need);

// Where unit `index` has its host, in vehicles of hosts: an IPv4 address in network byte order, in
// the range that RFC 2544 sets aside for tests of network devices.
std::uint32_t HostAddress(std::uint32_t index);

std::span<const VehicleTraits> AllVehicles();  // in VehicleKind order
const VehicleTraits& TraitsOf(VehicleKind kind);
std::optional<VehicleKind> FindVehicle(std::string_view name);
std::vector<std::string> VehicleNames();

}  // namespace bulkhead

#endif  // BULKHEAD_MODEL_VEHICLE_H_
