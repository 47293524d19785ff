// A fault that is handled in the way that some programs hope to live with one: the handler of
// SIGSEGV jumps back to before it.  The store does happen, and whoever gets past it aborts.
//
// The handler belongs to the whole process, the jump to one thread: a fault of another's is left to
// the handler that was there before.
//
// Runs in: unit.
#ifndef BULKHEAD_SCENARIOS_CASE_FAULT_JUMP_H_
#define BULKHEAD_SCENARIOS_CASE_FAULT_JUMP_H_

#include <csetjmp>
#include <csignal>

#include "scenarios/case/ways.h"

namespace bulkhead::scenarios {

class FaultJump {
 public:
  // A `prepare`: `kPrepare`, and then the handler for the victim.
  template <void (*kPrepare)(bh_unit*)>
  static void Prepare(bh_unit* unit) {
    kPrepare(unit);
    if (unit->index != kVictim) return;
    thread_ = gettid();
    struct sigaction action {};
    action.sa_handler = JumpBack;
    action.sa_flags = SA_ONSTACK;
    Require(sigaction(SIGSEGV, &action, &before_) == 0);
  }

  // Stores through null, after `enter`; comes back by the jump.
  static void Survive(void (*enter)()) {
    if (sigsetjmp(back_, 1) != 0) return;
    enter();
    StoreThroughNull();
    std::abort();
  }

 private:
  static void JumpBack(int) {
    if (gettid() == thread_) siglongjmp(back_, 1);
    sigaction(SIGSEGV, &before_, nullptr);
  }

  static inline pid_t thread_ = 0;
  static inline sigjmp_buf back_;
  static inline struct sigaction before_ {};
};

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_CASE_FAULT_JUMP_H_
