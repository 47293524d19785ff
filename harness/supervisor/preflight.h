// What this machine can and cannot show, asked of the kernel by trying.
//
// Runs in: supervisor, before a run and for `doctor`.
#ifndef BULKHEAD_SUPERVISOR_PREFLIGHT_H_
#define BULKHEAD_SUPERVISOR_PREFLIGHT_H_

#include <string>
#include <vector>

#include "harness/model/envelope.h"
#include "harness/model/scenario.h"
#include "harness/model/vehicle.h"

namespace bulkhead {

// Empty: the machine grants the vehicle.  Otherwise why not, with the kernel's answer:
// "PID namespaces are refused: clone3: Operation not permitted".
std::string WhyNoVehicle(VehicleKind vehicle);

// Empty: privileges and danger class allow the scenario.  `allowed`: danger classes of --allow.
std::string WhyNoScenario(const Manifest& manifest, const std::vector<Danger>& allowed);

Envelope TakeEnvelope();

// One finding of `doctor`.
struct Checkup {
  enum class Level { kGood, kNote, kProblem };
  Level level = Level::kGood;
  std::string subject;  // "core dumps"
  std::string text;     // what was found
  std::string advice;   // what to do about it, may be empty
};
std::vector<Checkup> Examine();

}  // namespace bulkhead

#endif  // BULKHEAD_SUPERVISOR_PREFLIGHT_H_
