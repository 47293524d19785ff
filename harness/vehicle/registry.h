// The makers of all vehicles: a new one is a file, a line here, one in registry.cc and its traits
// in harness/model/vehicle.cc.
//
// Runs in: zygote, supervisor.
#ifndef BULKHEAD_VEHICLE_REGISTRY_H_
#define BULKHEAD_VEHICLE_REGISTRY_H_

#include "harness/vehicle/vehicle.h"

namespace bulkhead {

Vehicle& ThreadVehicle();
Vehicle& MainVehicle();
Vehicle& CloneAllVehicle();
Vehicle& CloneVmVehicle();
Vehicle& VforkVehicle();
Vehicle& ForkVehicle();
Vehicle& ExecVehicle();
Vehicle& SessionVehicle();
Vehicle& UsernsVehicle();
Vehicle& NetnsVehicle();
Vehicle& CgroupVehicle();
Vehicle& PidnsInitVehicle();
Vehicle& PidnsVehicle();

}  // namespace bulkhead

#endif  // BULKHEAD_VEHICLE_REGISTRY_H_
