// Sets a timer and does not handle the SIGALRM by which it tells that it has expired: the default
// action ends the process.  The kernel sends it, not the unit, to the process and not to a thread.
//
// It looks at the timer until it has expired instead of waiting for the signal: where the kernel
// drops that, as for the init of a PID namespace, the act returns and the trial does not count.
// The calls have effects that no compiler may remove.
//
// Runs in: unit.
#include <sys/time.h>

#include <csignal>

#include "scenarios/common.h"

namespace {

using bulkhead::scenarios::Require;

void Act(bh_unit*) {
  itimerval timer{};
  timer.it_value.tv_usec = 1;
  Require(setitimer(ITIMER_REAL, &timer, nullptr) == 0);
  do {
    Require(getitimer(ITIMER_REAL, &timer) == 0);
  } while (timer.it_value.tv_sec != 0 || timer.it_value.tv_usec != 0);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "alarm-expires",
    .summary = "Lets a timer expire whose SIGALRM it does not handle.",
    .tags = {"fatal", "failure", "ends-process", "signal"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGALRM}},
    .act = Act,
};
