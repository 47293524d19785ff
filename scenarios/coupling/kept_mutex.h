// A mutex in plain memory, and how the victim ends its thread holding it.  Siblings then want it.
// Each source lock_kept_*.cc chooses the kind.
//
// The memory is private to a process: other processes have a mutex of their own there, and it is
// free.  The calls have effects that no compiler may remove.
//
// Runs in: zygote (setup) and unit.
#ifndef BULKHEAD_SCENARIOS_COUPLING_KEPT_MUTEX_H_
#define BULKHEAD_SCENARIOS_COUPLING_KEPT_MUTEX_H_

#include "scenarios/coupling/mutex_kind.h"

namespace bulkhead::scenarios {

template <MutexKind kKind>
class KeptMutex {
 public:
  static void Setup(bh_unit*) { MakeMutex(&mutex_, kKind); }

  static void EndHoldingIt(bh_unit*) {
    Require(pthread_mutex_lock(&mutex_) == 0);
    pthread_exit(nullptr);
  }

  static void Watch(bh_unit* unit) {
    if (unit->index != kVictim) LockAndUnlock(&mutex_);
  }

 private:
  static inline pthread_mutex_t mutex_;
};

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_COUPLING_KEPT_MUTEX_H_
