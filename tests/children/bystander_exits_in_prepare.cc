// The first bystander ends with exit code 0 before it was ready.
#include <unistd.h>

#include "scenarios/common.h"

namespace {

void Prepare(bh_unit* unit) {
  if (unit->index == 1) _exit(0);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "bystander-exits-in-prepare",
    .summary = "The first bystander exits before it is ready.",
    .kind = BH_FAULT,
    .ends = {{BH_END_EXIT, 0}},
    .prepare = Prepare,
};
