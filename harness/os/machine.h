// What machine and kernel this is: small facts for the envelope and for doctor.
//
// Runs in: supervisor.
#ifndef BULKHEAD_OS_MACHINE_H_
#define BULKHEAD_OS_MACHINE_H_

#include <string>
#include <utility>
#include <vector>

namespace bulkhead::os {

using Fact = std::pair<std::string, std::string>;

// Key and value, sorted by key; a value that the machine does not tell is "unknown".
std::vector<Fact> MachineFacts();

// Is the capability effective?  `name` as in capabilities(7), "CAP_SYS_ADMIN".  Root may lack some.
bool HasCapability(const std::string& name);

// Tasks that want a processor at this moment, the caller included; 0 when the machine does not say.
unsigned RunnableTasks();

// "v1", "v2", "hybrid" or "none".
std::string CgroupLayout();

}  // namespace bulkhead::os

#endif  // BULKHEAD_OS_MACHINE_H_
