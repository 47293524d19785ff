// Loops for ever, burning CPU time.  Inline assembly keeps the loop.
//
// Runs in: unit.
#include "scenarios/common.h"

namespace {

void Act(bh_unit*) {
  for (;;) asm volatile("");
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "spin-hang",
    .summary = "Loops for ever.",
    .tags = {"hang", "failure"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SPINNING, 0}},
    .act = Act,
};
