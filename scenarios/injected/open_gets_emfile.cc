// Opening a file fails with EMFILE in one unit only, though nothing is used up: a seccomp filter
// answers.  The victim goes on without; any other outcome aborts.  Bystanders open the same file,
// and one that is refused aborts.  System calls: nothing that a compiler could remove.
//
// The filter refuses every openat of the victim: the harness opens nothing in a unit that is ready.
//
// Runs in: unit.
#include <fcntl.h>

#include <cerrno>

#include "scenarios/signal/refuse_call.h"

namespace {

using bulkhead::scenarios::kVictim;
using bulkhead::scenarios::Require;

int Open() { return open("/dev/null", O_RDONLY | O_CLOEXEC); }

void Prepare(bh_unit* unit) {
  if (unit->index != kVictim) return;
  bulkhead::scenarios::RefuseCall(bulkhead::scenarios::FailWith(EMFILE), SYS_openat);
}

void Act(bh_unit*) { Require(Open() < 0 && errno == EMFILE); }

void Watch(bh_unit* unit) {
  if (unit->index == kVictim) return;
  const int file = Open();
  Require(file >= 0);
  close(file);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "open-gets-emfile",
    .summary = "Goes on when opening a file fails with EMFILE, which seccomp injects.",
    .tags = {"failure", "injected", "seccomp", "descriptors"},
    .kind = BH_FAULT,
    .ends = {{BH_END_RETURN, 0}},
    .prepare = Prepare,
    .act = Act,
    .watch = Watch,
};
