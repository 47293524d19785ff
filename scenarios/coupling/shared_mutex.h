// A mutex in a mapping that all units share, and how the victim dies holding it.
//
// The victim locks it in a thread made for that.  Its first thread may have been cloned without the
// C library's knowledge: the number that a mutex notes as its owner, and the list by which the
// kernel finds the locks of a dead thread, would be those of another process, or none.
//
// Runs in: zygote (setup) and unit.
#ifndef BULKHEAD_SCENARIOS_COUPLING_SHARED_MUTEX_H_
#define BULKHEAD_SCENARIOS_COUPLING_SHARED_MUTEX_H_

#include <unistd.h>

#include <csignal>

#include "scenarios/coupling/mutex_kind.h"

namespace bulkhead::scenarios {

// kRobustness: PTHREAD_MUTEX_STALLED or PTHREAD_MUTEX_ROBUST.
template <int kRobustness, int kType = PTHREAD_MUTEX_DEFAULT>
class SharedMutex {
 public:
  static void Setup(bh_unit*) {
    mutex_ = static_cast<pthread_mutex_t*>(
        MapAnonymous(sizeof(*mutex_), PROT_READ | PROT_WRITE, MAP_SHARED));
    Init();
  }

  // The mapping outlives the trial, and with it the lock of the last trial's victim.
  static void Prepare(bh_unit* unit) {
    if (unit->index == kVictim) Init();
  }

  static void DieHoldingIt(bh_unit*) {
    pthread_t holder;
    const auto hold = [](void*) -> void* {
      pthread_mutex_lock(mutex_);
      kill(getpid(), SIGKILL);
      return nullptr;
    };
    Require(pthread_create(&holder, nullptr, hold, nullptr) == 0);
    pthread_join(holder, nullptr);
  }

  static void Watch(bh_unit* unit) {
    if (unit->index != kVictim) LockAndUnlock(mutex_);
  }

  static pthread_mutex_t* mutex() { return mutex_; }

 private:
  static void Init() {
    MakeMutex(mutex_,
              {.type = kType, .robustness = kRobustness, .sharing = PTHREAD_PROCESS_SHARED});
  }

  static inline pthread_mutex_t* mutex_ = nullptr;
};

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_COUPLING_SHARED_MUTEX_H_
