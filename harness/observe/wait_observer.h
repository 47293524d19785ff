// The end of a process, as the kernel attests it to its parent.
//
// Runs in: supervisor, the parent of every unit.
// How it can lie: it does not say who sent a signal, nor tell a fault from raise(); siginfo of the
// unit's own handler and the ledger do.
#ifndef BULKHEAD_OBSERVE_WAIT_OBSERVER_H_
#define BULKHEAD_OBSERVE_WAIT_OBSERVER_H_

#include "harness/model/trial.h"
#include "harness/os/pidfd.h"

namespace bulkhead {

inline Ended Attest(const os::WaitStatus& status) {
  return Ended{status.signaled, status.status,    status.core,
               status.user_us,  status.system_us, status.max_rss_kib};
}

}  // namespace bulkhead

#endif  // BULKHEAD_OBSERVE_WAIT_OBSERVER_H_
