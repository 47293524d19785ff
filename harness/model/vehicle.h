// The vehicles' names and what each of them shares: values; the code that builds them is
// harness/vehicle.
//
// Runs in: anywhere.
#ifndef BULKHEAD_MODEL_VEHICLE_H_
#define BULKHEAD_MODEL_VEHICLE_H_

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
  kExec,       // each unit a freshly executed program
  kSession,    // each unit a process in its own session
  kUserns,     // each unit a process in its own user namespace
  kNetns,      // each unit a process in its own network namespace
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
  bool victim_holds_all;  // with the victim the bystanders end, whatever they do
  // One process more per trial, disposable: it holds the sharing units, or is the namespace's init.
  bool has_host;
};

std::span<const VehicleTraits> AllVehicles();  // in VehicleKind order
const VehicleTraits& TraitsOf(VehicleKind kind);
std::optional<VehicleKind> FindVehicle(std::string_view name);
std::vector<std::string> VehicleNames();

}  // namespace bulkhead

#endif  // BULKHEAD_MODEL_VEHICLE_H_
