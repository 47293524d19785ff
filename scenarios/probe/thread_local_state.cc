// What belongs to one thread: a thread-local variable, errno, and the mask of blocked signals.
// Each bystander sets its own, the victim then changes all three in its own thread, and the
// bystanders look at theirs.
//
// The variable is volatile; errno and the mask are behind library calls.  Between the two looks at
// errno the harness makes system calls in this thread; one that fails would leave a number that is
// neither mark, and the trial would be unclear, not a violation.
//
// Runs in: unit.
#include <cerrno>
#include <csignal>

#include "scenarios/common.h"

namespace {

using bulkhead::plugin::Gone;
using bulkhead::plugin::Reading;
using bulkhead::scenarios::kVictim;
using bulkhead::scenarios::Require;

constexpr int kVictimMark = 7000;     // no error has these numbers
constexpr int kBystanderMark = 7001;  // plus the unit's index

constexpr int kBlockedByVictim = SIGUSR2;
constexpr int kUnblockedByVictim = SIGWINCH;  // which every bystander has blocked

thread_local volatile std::uint64_t t_variable;

int MarkOf(const bh_unit& unit) { return kBystanderMark + static_cast<int>(unit.index); }

void Mask(int how, int signal) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, signal);
  Require(pthread_sigmask(how, &set, nullptr) == 0);
}

void ChangeAll(std::uint64_t token) {
  t_variable = token;
  Mask(SIG_BLOCK, kBlockedByVictim);
  Mask(SIG_UNBLOCK, kUnblockedByVictim);
  errno = kVictimMark;
}

bool HasOwnMask() {
  sigset_t set;
  Require(pthread_sigmask(SIG_SETMASK, nullptr, &set) == 0);
  return sigismember(&set, kBlockedByVictim) == 0 && sigismember(&set, kUnblockedByVictim) == 1;
}

void Prepare(bh_unit* unit) {
  if (unit->index == kVictim) return;
  t_variable = unit->token;
  Mask(SIG_UNBLOCK, kBlockedByVictim);
  Mask(SIG_BLOCK, kUnblockedByVictim);
  errno = MarkOf(*unit);
}

void Act(bh_unit* unit) { ChangeAll(unit->token); }

void Watch(bh_unit* unit) {
  if (unit->index == kVictim) return;
  const int error = errno;  // first: what follows may change it
  Reading(unit, "variable", t_variable);
  if (error == kVictimMark) {
    Gone(unit, "errno");
  } else {
    Reading(unit, "errno", error == MarkOf(*unit) ? unit->token : static_cast<unsigned>(error));
  }
  if (HasOwnMask()) {
    Reading(unit, "signal-mask", unit->token);
  } else {
    Gone(unit, "signal-mask");
  }
}

void Hit(bh_unit*, std::uint64_t foreign) { ChangeAll(foreign); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "thread-local-state",
    .summary = "The victim changes its thread-local variable, errno and signal mask.",
    .tags = {"thread", "signal"},
    .kind = BH_PROBE,
    .ends = {{BH_END_RETURN, 0}},
    .prepare = Prepare,
    .act = Act,
    .watch = Watch,
    .hit = Hit,
};
