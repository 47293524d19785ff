// Makes a system call for which a seccomp filter ends the whole process.  No handler sees the
// signal.  The call has an effect that no compiler may remove.
//
// The filter is its own thread's only; what it does is done to the process all the same.
//
// Runs in: unit.
#include <csignal>

#include "scenarios/signal/refuse_call.h"

namespace {

void Prepare(bh_unit* unit) {
  if (unit->index != bulkhead::scenarios::kVictim) return;
  bulkhead::scenarios::RefuseCall(SECCOMP_RET_KILL_PROCESS);
}

void Act(bh_unit*) { bulkhead::scenarios::MakeRefusedCall(); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "sigsys-process",
    .summary = "Makes a system call for which seccomp kills the process.",
    .tags = {"fatal", "failure", "ends-process", "signal", "seccomp"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGSYS}},
    .prepare = Prepare,
    .act = Act,
};
