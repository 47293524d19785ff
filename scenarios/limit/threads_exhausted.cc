// Makes threads until its user may have no more tasks; nobody catches the std::system_error, which
// ends at an edge of the plugin's own.  The calls have effects that no compiler may remove.
//
// Runs in: unit.
#include <csignal>

#include "scenarios/limit/tasks.h"

namespace {

using bulkhead::scenarios::kSomeTasks;

void Prepare(bh_unit* unit) {
  if (unit->index == bulkhead::scenarios::kVictim) bulkhead::scenarios::BecomeUserOfOwn(*unit);
}

void Act(bh_unit*) {
  bulkhead::scenarios::LimitTo(RLIMIT_NPROC, kSomeTasks);
  bulkhead::scenarios::MakeThreads(kSomeTasks);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "threads-exhausted",
    .summary = "Makes threads until its user may have no more.",
    .tags = {"fatal", "failure", "ends-process", "limit", "worker"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGABRT}},
    .needs = {"CAP_SETUID"},
    .prepare = Prepare,
    .act = Act,
};
