// The first bystander kills the zygote while that is still making units.
#include <unistd.h>

#include <csignal>

#include "scenarios/common.h"

namespace {

void Prepare(bh_unit* unit) {
  if (unit->index == 1) kill(getsid(0), SIGKILL);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "prepare-kills-zygote",
    .summary = "Kills its zygote before all units are made.",
    .kind = BH_FAULT,
    .ends = {{BH_END_RETURN, 0}},
    .prepare = Prepare,
};
