// Writes to a file when its process may write none, ignores SIGXFSZ, gets EFBIG and goes on: any
// other outcome aborts.  The file is in memory and has no name.
//
// Runs in: unit.
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

#include "scenarios/limit/limit.h"

namespace {

using bulkhead::scenarios::Require;

int g_file = -1;

void Prepare(bh_unit* unit) {
  if (unit->index != bulkhead::scenarios::kVictim) return;
  g_file = memfd_create("bulkhead-limited", MFD_CLOEXEC);
  Require(g_file >= 0);
  Require(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
}

void Act(bh_unit*) {
  bulkhead::scenarios::LimitTo(RLIMIT_FSIZE, 0);
  const ssize_t written = write(g_file, "", 1);
  Require(written < 0 && errno == EFBIG);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "file-size-exceeded",
    .summary = "Writes beyond the largest size of a file, ignores SIGXFSZ and gets EFBIG.",
    .tags = {"failure", "limit"},
    .kind = BH_FAULT,
    .ends = {{BH_END_RETURN, 0}},
    .prepare = Prepare,
    .act = Act,
};
