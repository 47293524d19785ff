// Reads from an empty pipe whose only writer is itself: nothing will come, and no end of file
// either.  The call has an effect that no compiler may remove.
//
// Runs in: unit.
#include <fcntl.h>
#include <unistd.h>

#include "scenarios/common.h"

namespace {

using bulkhead::scenarios::Require;

int g_reader = -1;

void Prepare(bh_unit* unit) {
  if (unit->index != bulkhead::scenarios::kVictim) return;
  int ends[2];
  Require(pipe2(ends, O_CLOEXEC) == 0);
  g_reader = ends[0];  // the writing end stays open
}

void Act(bh_unit*) {
  char byte;
  while (read(g_reader, &byte, 1) < 0) {
  }
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "blocked-in-pipe",
    .summary = "Reads from a pipe to which only it could write.",
    .tags = {"hang", "failure", "pipe"},
    .kind = BH_FAULT,
    .ends = {{BH_END_BLOCKED, 0}},
    .prepare = Prepare,
    .act = Act,
};
