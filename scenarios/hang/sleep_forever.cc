// Waits for a signal that nobody sends.  The call has an effect that no compiler may remove.
//
// Runs in: unit.
#include <unistd.h>

#include "scenarios/common.h"

namespace {

void Act(bh_unit*) {
  for (;;) pause();
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "sleep-forever",
    .summary = "Sleeps for ever.",
    .tags = {"hang", "failure"},
    .kind = BH_FAULT,
    .ends = {{BH_END_BLOCKED, 0}},
    .act = Act,
};
