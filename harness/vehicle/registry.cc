#include "harness/vehicle/registry.h"

#include <sys/wait.h>
#include <unistd.h>

#include "harness/base/msgid.h"
#include "harness/os/clone.h"

namespace bulkhead {

Vehicle& VehicleFor(VehicleKind kind) {
  switch (kind) {
    case VehicleKind::kThread:
      return ThreadVehicle();
    case VehicleKind::kMain:
      return MainVehicle();
    case VehicleKind::kCloneAll:
      return CloneAllVehicle();
    case VehicleKind::kCloneVm:
      return CloneVmVehicle();
    case VehicleKind::kVfork:
      return VforkVehicle();
    case VehicleKind::kFork:
      return ForkVehicle();
    case VehicleKind::kFamily:
      return FamilyVehicle();
    case VehicleKind::kExec:
      return ExecVehicle();
    case VehicleKind::kSession:
      return SessionVehicle();
    case VehicleKind::kUserns:
      return UsernsVehicle();
    case VehicleKind::kNetns:
      return NetnsVehicle();
    case VehicleKind::kCgroup:
      return CgroupVehicle();
    case VehicleKind::kPidnsInit:
      return PidnsInitVehicle();
    case VehicleKind::kPidns:
      return PidnsVehicle();
  }
  __builtin_unreachable();
}

// What every vehicle needs: clone3 with a pidfd.  Sandboxes refuse it with ENOSYS or EPERM.
std::string Vehicle::WhyNot() const {
  Expected<os::Cloned> cloned = os::CloneChild();
  if (!cloned)
    return Msgid("processes cannot be cloned with a pidfd") + (": " + cloned.error().message);
  if (cloned->pid == 0) _exit(0);
  siginfo_t info;
  waitid(P_PID, static_cast<id_t>(cloned->pid), &info, WEXITED);
  return "";
}

}  // namespace bulkhead
