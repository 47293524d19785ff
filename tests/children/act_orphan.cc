// The victim leaves a child in a session of its own that outlives it.
#include <unistd.h>

#include "scenarios/common.h"

namespace {

void Act(bh_unit*) {
  if (fork() != 0) return;
  setsid();
  for (;;) pause();
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "act-orphan",
    .summary = "Leaves a daemon behind.",
    .kind = BH_FAULT,
    .ends = {{BH_END_RETURN, 0}},
    .act = Act,
};
