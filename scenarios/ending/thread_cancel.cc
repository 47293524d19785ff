// Cancels its own thread and comes to a cancellation point.  The process lives on unless this was
// its last thread: then it exits with 0.  The calls have effects that no compiler may remove.
//
// It unwinds the stack: a caller with catch (...) that does not throw again, or that is noexcept,
// turns this into abort().
//
// Runs in: unit.
#include <pthread.h>

#include "scenarios/common.h"

namespace {

void Act(bh_unit*) {
  pthread_cancel(pthread_self());
  pthread_testcancel();
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "thread-cancel",
    .summary = "Cancels its own thread with pthread_cancel().",
    .tags = {"failure", "exit"},
    .kind = BH_FAULT,
    .ends = {{BH_END_THREAD, 0}, {BH_END_EXIT, 0}},
    .act = Act,
};
