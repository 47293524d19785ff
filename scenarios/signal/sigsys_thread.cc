// Makes a thread that makes a system call for which a seccomp filter ends the thread at once:
// nothing is unwound, no destructor runs, and the process lives on.  The victim joins it and goes
// on.
//
// The filter kills the whole process when the thread is its only one, and a thread that is gone
// without a word is not seen: so it is not the victim's own thread.  The result of a thread that
// ended in this way is null; one that survived the call returns another and aborts the victim.
//
// Runs in: unit.
#include <pthread.h>

#include "scenarios/signal/refuse_call.h"

namespace {

using bulkhead::scenarios::Require;

void* Work(void* survived) {
  bulkhead::scenarios::RefuseCall(SECCOMP_RET_KILL_THREAD);
  bulkhead::scenarios::MakeRefusedCall();
  return survived;
}

void Act(bh_unit* unit) {
  pthread_t worker;
  Require(pthread_create(&worker, nullptr, Work, unit) == 0);
  void* result = unit;
  Require(pthread_join(worker, &result) == 0);
  Require(result == nullptr);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "sigsys-thread",
    .summary = "Makes a thread that seccomp kills alone, for a system call.",
    .tags = {"failure", "signal", "seccomp", "worker"},
    .kind = BH_FAULT,
    .ends = {{BH_END_RETURN, 0}},
    .act = Act,
};
