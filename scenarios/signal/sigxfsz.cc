// Writes to a file when its process may write none: the default action of SIGXFSZ ends the process.
// The call has an effect that no compiler may remove.  The file is in memory and has no name.
//
// Runs in: unit.
#include <sys/mman.h>
#include <unistd.h>

#include <csignal>

#include "scenarios/limit/limit.h"

namespace {

using bulkhead::scenarios::Require;

int g_file = -1;

void Prepare(bh_unit* unit) {
  if (unit->index != bulkhead::scenarios::kVictim) return;
  g_file = memfd_create("bulkhead-limited", MFD_CLOEXEC);
  Require(g_file >= 0);
  Require(signal(SIGXFSZ, SIG_DFL) != SIG_ERR);
}

void Act(bh_unit*) {
  bulkhead::scenarios::LimitTo(RLIMIT_FSIZE, 0);
  const ssize_t written = write(g_file, "", 1);
  Require(written < 0);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "sigxfsz",
    .summary = "Writes beyond the largest file size that its process may have.",
    .tags = {"fatal", "failure", "ends-process", "signal", "limit"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGXFSZ}},
    .prepare = Prepare,
    .act = Act,
};
