// Mutexes of the kinds whose behaviour differs when their owner is gone or locks them twice, made
// and taken in one way.
//
// Runs in: zygote (setup) and unit.
#ifndef BULKHEAD_SCENARIOS_COUPLING_MUTEX_KIND_H_
#define BULKHEAD_SCENARIOS_COUPLING_MUTEX_KIND_H_

#include <pthread.h>

#include <cerrno>

#include "scenarios/common.h"

namespace bulkhead::scenarios {

struct MutexKind {
  int type = PTHREAD_MUTEX_NORMAL;
  int robustness = PTHREAD_MUTEX_STALLED;
  int protocol = PTHREAD_PRIO_NONE;
  int sharing = PTHREAD_PROCESS_PRIVATE;
};

// Whatever was at `mutex` before, a lock of an earlier trial's included.
inline void MakeMutex(pthread_mutex_t* mutex, const MutexKind& kind) {
  pthread_mutexattr_t attributes;
  Require(pthread_mutexattr_init(&attributes) == 0);
  Require(pthread_mutexattr_settype(&attributes, kind.type) == 0);
  Require(pthread_mutexattr_setrobust(&attributes, kind.robustness) == 0);
  Require(pthread_mutexattr_setprotocol(&attributes, kind.protocol) == 0);
  Require(pthread_mutexattr_setpshared(&attributes, kind.sharing) == 0);
  *mutex = pthread_mutex_t{};
  Require(pthread_mutex_init(mutex, &attributes) == 0);
}

// As a bystander does that can cope with a dead owner, if it is told; if not, it waits for ever.
inline void LockAndUnlock(pthread_mutex_t* mutex) {
  const int error = pthread_mutex_lock(mutex);
  if (error == EOWNERDEAD) Require(pthread_mutex_consistent(mutex) == 0);
  Require(error == 0 || error == EOWNERDEAD);
  Require(pthread_mutex_unlock(mutex) == 0);
}

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_COUPLING_MUTEX_KIND_H_
