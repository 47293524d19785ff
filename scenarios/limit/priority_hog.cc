// Loops at a real-time priority: on its CPU no ordinary thread runs beside it, the harness's own
// included, until the limit on real-time CPU time without a blocking call ends its process by
// SIGXCPU (getrlimit(2), RLIMIT_RTTIME).  Reading the clock blocks nobody, and keeps the loop.
//
// Strangers on that CPU wait, too, so the signal is not its only bound: the kernel drops it for the
// init of a PID namespace (pid_namespaces(7)).  Then the loop ends by its own count of CPU time,
// the act returns and the trial does not count; what should still run on ends by the hard limit,
// whose SIGKILL no init is spared.  All of it is far below what the kernel itself would grant
// (sched(7), sched_rt_runtime_us).  Where real-time scheduling is refused in spite of the
// capability, as in a cgroup without a share of it, `prepare` fails.
//
// Runs in: unit.
#include <sched.h>

#include <csignal>
#include <ctime>

#include "scenarios/limit/limit.h"

namespace {

using bulkhead::scenarios::kVictim;
using bulkhead::scenarios::Require;

constexpr rlim_t kSoftUs = 20'000, kHardUs = 50'000;
constexpr long kMostNs = 40'000'000;

void Prepare(bh_unit* unit) {
  if (unit->index != kVictim) return;
  sched_param parameter{};
  parameter.sched_priority = sched_get_priority_min(SCHED_FIFO);
  // The calling thread alone.
  Require(sched_setscheduler(0, SCHED_FIFO | SCHED_RESET_ON_FORK, &parameter) == 0);
}

bool HasUsedLess(const timespec& before, long ns) {
  timespec now{};
  if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now) != 0) return false;
  return (now.tv_sec - before.tv_sec) * 1'000'000'000L + now.tv_nsec - before.tv_nsec < ns;
}

void Act(bh_unit*) {
  timespec before{};
  if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &before) != 0) return;
  const rlimit limit{kSoftUs, kHardUs};
  if (setrlimit(RLIMIT_RTTIME, &limit) != 0) return;
  while (HasUsedLess(before, kMostNs)) {
    for (int i = 0; i < 10'000; ++i) asm volatile("");
  }
  // Only one that was not ended comes here, and must not go on with this priority.
  const sched_param ordinary{};
  sched_setscheduler(0, SCHED_OTHER, &ordinary);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "priority-hog",
    .summary = "Loops at a real-time priority until a limit ends it.",
    .tags = {"fatal", "failure", "ends-process", "signal", "limit", "priority"},
    .kind = BH_FAULT,
    .danger = BH_HEAVY,
    .ends = {{BH_END_SIGNAL, SIGXCPU}},
    .needs = {"CAP_SYS_NICE"},
    .prepare = Prepare,
    .act = Act,
};
