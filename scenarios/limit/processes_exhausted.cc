// Forks until its user may have no more tasks, ends the children that it got, and goes on.  There
// must be exactly as many as the limit leaves, and then EAGAIN: anything else aborts.  The calls
// have effects that no compiler may remove.
//
// Runs in: unit, and processes that it forks.
#include <sys/wait.h>

#include <cerrno>

#include "scenarios/limit/tasks.h"

namespace {

using bulkhead::scenarios::kSomeTasks;
using bulkhead::scenarios::Require;

// A child, or -1 and errno.
pid_t ForkSleeper() {
  const pid_t maker = getpid();
  const pid_t child = fork();
  if (child != 0) return child;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  while (getppid() == maker) pause();
  _exit(0);
}

void Prepare(bh_unit* unit) {
  if (unit->index == bulkhead::scenarios::kVictim) bulkhead::scenarios::BecomeUserOfOwn(*unit);
}

void Act(bh_unit*) {
  bulkhead::scenarios::LimitTo(RLIMIT_NPROC, kSomeTasks);
  pid_t children[kSomeTasks];
  std::size_t made = 0;
  while (made < kSomeTasks && (children[made] = ForkSleeper()) > 0) ++made;
  const int error = errno;
  for (std::size_t i = 0; i < made; ++i) {
    Require(kill(children[i], SIGKILL) == 0);
    while (waitpid(children[i], nullptr, 0) < 0) Require(errno == EINTR);
  }
  Require(made == kSomeTasks - 1 && error == EAGAIN);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "processes-exhausted",
    .summary = "Forks until its user may have no more processes.",
    .tags = {"failure", "limit", "fork"},
    .kind = BH_FAULT,
    .ends = {{BH_END_RETURN, 0}},
    .needs = {"CAP_SETUID"},
    .prepare = Prepare,
    .act = Act,
};
