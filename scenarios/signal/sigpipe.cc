// Writes to a pipe that nobody reads any more, with the default action of SIGPIPE.  The call has an
// effect that no compiler may remove.
//
// Runs in: unit.
#include <fcntl.h>
#include <unistd.h>

#include <csignal>

#include "scenarios/common.h"

namespace {

using bulkhead::scenarios::Require;

int g_writer = -1;

void Prepare(bh_unit* unit) {
  if (unit->index != bulkhead::scenarios::kVictim) return;
  int ends[2];
  Require(pipe2(ends, O_CLOEXEC) == 0);
  close(ends[0]);
  g_writer = ends[1];
  Require(signal(SIGPIPE, SIG_DFL) != SIG_ERR);
}

void Act(bh_unit*) {
  const ssize_t written = write(g_writer, "", 1);
  Require(written < 0);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "sigpipe",
    .summary = "Writes to a pipe that has no reader.",
    .tags = {"fatal", "failure", "ends-process", "signal", "pipe"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGPIPE}},
    .prepare = Prepare,
    .act = Act,
};
