// Making children in a PID namespace that somebody else is the init of: what pidns and pidns-init
// have in common.
//
// Runs in: zygote.  Source: setns(2): CLONE_NEWPID touches only where the caller's next children
// go.
#ifndef BULKHEAD_VEHICLE_PID_NAMESPACE_H_
#define BULKHEAD_VEHICLE_PID_NAMESPACE_H_

#include "harness/base/error.h"
#include "harness/base/unique_fd.h"
#include "harness/os/clone.h"

namespace bulkhead {

class PidNamespaceDoor {
 public:
  // Once, before the first use: remembers the way back.
  Expected<void> Prepare();

  // A sibling of the caller in the namespace of the process behind `init`.  After a failure nothing
  // is left of it, or it has got SIGKILL.
  Expected<os::Cloned> CloneInside(int init) const;

 private:
  UniqueFd outside_;
};

}  // namespace bulkhead

#endif  // BULKHEAD_VEHICLE_PID_NAMESPACE_H_
