// The victim lowers the limit on open files of its process and opens until no more are granted.
// Each bystander then opens one more: its own token when it gets it, gone when the limit is
// reached. System calls: nothing that a compiler could remove.
//
// Nothing is closed and nothing restored: numbers and limit go with the trial.  What the harness
// has open, it needs no more of.
//
// Runs in: unit.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "scenarios/limit/limit.h"

namespace {

using bulkhead::scenarios::kVictim;
using bulkhead::scenarios::Require;

// Below 64, where the kernel would have to grow the table: in a process with threads that waits for
// a grace period of RCU, ten milliseconds and more.
constexpr rlim_t kLimit = 60;

// A descriptor, or -1 and errno.
int OpenOne() { return open("/", O_PATH | O_CLOEXEC); }

void Exhaust() {
  bulkhead::scenarios::LimitTo(RLIMIT_NOFILE, kLimit);
  while (OpenOne() >= 0) {
  }
  Require(errno == EMFILE);
}

void Act(bh_unit*) { Exhaust(); }

void Watch(bh_unit* unit) {
  if (unit->index == kVictim) return;
  const int file = OpenOne();
  if (file >= 0) {
    close(file);
    bulkhead::plugin::Reading(unit, "open", unit->token);
  } else if (errno == EMFILE) {
    bulkhead::plugin::Gone(unit, "open");
  } else {
    bulkhead::plugin::Reading(unit, "open", static_cast<unsigned>(errno));  // nobody's: unclear
  }
}

void Hit(bh_unit*, std::uint64_t) { Exhaust(); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "descriptor-limit",
    .summary = "The victim opens files up to a limit; the bystanders open one more.",
    .tags = {"descriptors", "limit"},
    .kind = BH_PROBE,
    .ends = {{BH_END_RETURN, 0}},
    .act = Act,
    .watch = Watch,
    .hit = Hit,
};
