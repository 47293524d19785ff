// Makes threads until its cgroup may hold no more tasks; nobody catches the std::system_error,
// which ends at an edge of the plugin's own.  The calls have effects that no compiler may remove.
//
// Unlike the limit of a user, that of a cgroup binds the privileged too.  Without one the act
// returns after a bounded number of threads, and the trial does not count.
//
// Runs in: unit.
#include <csignal>

#include "scenarios/limit/tasks.h"

namespace {

constexpr int kMostThreads = 512;

void Act(bh_unit*) { bulkhead::scenarios::MakeThreads(kMostThreads); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "tasks-exhausted-cgroup",
    .summary = "Makes threads until its cgroup may hold no more tasks.",
    .tags = {"limit", "cgroup", "worker"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGABRT}},
    .needs = {"task-limit"},
    .act = Act,
};
