// The victim's child has asked to be sent SIGKILL when its parent ends (prctl(2),
// PR_SET_PDEATHSIG), as daemons and sandboxes do; then the victim's process is killed.  System
// calls: nothing that a compiler could remove.
//
// Runs in: unit.
#include <sys/prctl.h>
#include <unistd.h>

#include <csignal>

#include "scenarios/common.h"

namespace {

using bulkhead::scenarios::Require;

constexpr std::uint32_t kChild = 1;  // of the victim, in the vehicle family

void Prepare(bh_unit* unit) {
  if (unit->index == kChild) Require(prctl(PR_SET_PDEATHSIG, SIGKILL) == 0);
}

void Act(bh_unit*) { kill(getpid(), SIGKILL); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "parent-death-signal",
    .summary = "Is killed while its child has asked for a signal when its parent ends.",
    .tags = {"coupled", "signal"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGKILL}},
    .needs = {"family"},
    .prepare = Prepare,
    .act = Act,
};
