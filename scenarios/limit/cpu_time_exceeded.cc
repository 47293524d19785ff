// Goes on computing when its process may use no more CPU time: the default action of SIGXCPU ends
// the process.  Inline assembly keeps the loop.
//
// The limit counts whole seconds, but one that lies below what has been used already ends at the
// next tick of the clock, 0 seconds included; kernels before 5.4 take 0 for 1 (getrlimit(2), BUGS),
// and the trial lasts a second there.  The loop has an end of its own: where the kernel drops the
// signal, as for the init of a PID namespace, the act returns and the trial does not count.
//
// Runs in: unit.
#include <csignal>
#include <ctime>

#include "scenarios/limit/limit.h"

namespace {

constexpr std::time_t kEnoughSeconds = 2;

std::time_t SecondsUsed() {
  timespec used{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return used.tv_sec;
}

void Act(bh_unit*) {
  const std::time_t before = SecondsUsed();
  bulkhead::scenarios::LimitTo(RLIMIT_CPU, 0);
  while (SecondsUsed() < before + kEnoughSeconds) {
    for (int i = 0; i < 100'000; ++i) asm volatile("");
  }
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "cpu-time-exceeded",
    .summary = "Computes beyond the CPU time that its process may use.",
    .tags = {"fatal", "failure", "ends-process", "signal", "limit"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGXCPU}},
    .act = Act,
};
