// Makes a system call for which a seccomp filter ends its own thread at once: nothing is unwound,
// no destructor runs, no handler sees the signal.  The process lives on, unless this was its last
// thread: then the kernel makes it an end of the process by SIGSYS (seccomp(2),
// SECCOMP_RET_KILL_THREAD).  The call has an effect that no compiler may remove.
//
// A thread that is killed so cannot say that it leaves: only the kernel's list of threads shows it.
//
// Runs in: unit.
#include <csignal>

#include "scenarios/signal/refuse_call.h"

namespace {

void Prepare(bh_unit* unit) {
  if (unit->index != bulkhead::scenarios::kVictim) return;
  bulkhead::scenarios::RefuseCall(SECCOMP_RET_KILL_THREAD);
}

void Act(bh_unit*) { bulkhead::scenarios::MakeRefusedCall(); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "sigsys-thread-self",
    .summary = "Makes a system call for which seccomp kills its thread.",
    .tags = {"failure", "signal", "seccomp"},
    .kind = BH_FAULT,
    .ends = {{BH_END_THREAD, 0}, {BH_END_SIGNAL, SIGSYS}},
    .prepare = Prepare,
    .act = Act,
};
