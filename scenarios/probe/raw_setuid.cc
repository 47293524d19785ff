// The victim changes the user it acts for by the bare system call, without the C library, which
// would have all threads of the process do the same.  The kernel keeps credentials per thread; each
// bystander reads its own, and its own token stands for "as before".  System calls: nothing that a
// compiler could remove.
//
// Runs in: unit.
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>

#include "scenarios/common.h"

namespace {

using bulkhead::scenarios::kMostUnits;
using bulkhead::scenarios::kVictim;
using bulkhead::scenarios::Require;

uid_t g_before[kMostUnits];  // of the unit with that index

uid_t EffectiveUser() { return static_cast<uid_t>(syscall(SYS_geteuid)); }

// Only the effective user: the real one stays, so that the unit can be signalled as before.
void ActFor(uid_t user) {
  Require(syscall(SYS_setresuid, -1, user, -1) == 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);  // cleared by a change of credentials
}

void Prepare(bh_unit* unit) {
  Require(unit->count <= kMostUnits);
  g_before[unit->index] = EffectiveUser();
}

void Act(bh_unit* unit) { ActFor(g_before[unit->index] + 1); }

void Watch(bh_unit* unit) {
  if (unit->index == kVictim) return;
  if (EffectiveUser() == g_before[unit->index]) {
    bulkhead::plugin::Reading(unit, "credentials", unit->token);
  } else {
    bulkhead::plugin::Gone(unit, "credentials");
  }
}

void Hit(bh_unit* unit, std::uint64_t) { ActFor(g_before[unit->index] + 1); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "raw-setuid",
    .summary = "The victim changes its effective user by the bare system call.",
    .tags = {"attributes"},
    .kind = BH_PROBE,
    .ends = {{BH_END_RETURN, 0}},
    .needs = {"CAP_SETUID"},
    .prepare = Prepare,
    .act = Act,
    .watch = Watch,
    .hit = Hit,
};
