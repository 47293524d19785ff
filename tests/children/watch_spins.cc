// The first bystander spins when it is asked whether it still acts.
#include "scenarios/common.h"

namespace {

void Watch(bh_unit* unit) {
  if (unit->index != 1) return;
  for (;;) asm volatile("");
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "watch-spins",
    .summary = "A bystander never answers.",
    .kind = BH_FAULT,
    .ends = {{BH_END_RETURN, 0}},
    .watch = Watch,
};
