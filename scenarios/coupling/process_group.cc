// All units join one process group, and the victim signals its group: everybody in it ends.  The
// call has an effect that no compiler may remove.
//
// Whoever comes first leads the group.  The number of the last trial's leader may still stand
// there: nobody can join its group any more, since groups end with their last process.  Units that
// lead a session of their own cannot join and stay alone.  Nobody may stay in the group of the
// process that made the units: the signal must not reach it.
//
// Runs in: unit.
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <new>

#include "scenarios/common.h"

namespace {

using bulkhead::scenarios::Require;

std::atomic<pid_t>* g_leader;

void Setup(bh_unit*) {
  void* memory =
      bulkhead::scenarios::MapAnonymous(sizeof(*g_leader), PROT_READ | PROT_WRITE, MAP_SHARED);
  g_leader = new (memory) std::atomic<pid_t>(0);
}

void Prepare(bh_unit*) {
  (void)setpgid(0, 0);  // fails in the leader of a session, which leads its group, too
  Require(getpgrp() == getpid());
  for (;;) {
    pid_t leader = g_leader->load();
    if (leader > 0 && setpgid(0, leader) == 0) return;
    if (g_leader->compare_exchange_strong(leader, getpid())) return;
  }
}

void Act(bh_unit*) { kill(0, SIGTERM); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "process-group",
    .summary = "Sends SIGTERM to a process group that the bystanders have joined.",
    .tags = {"coupled", "signal"},
    .kind = BH_FAULT,
    .flags = BH_SHARED_MAPPING,
    .ends = {{BH_END_SIGNAL, SIGTERM}},
    .setup = Setup,
    .prepare = Prepare,
    .act = Act,
};
