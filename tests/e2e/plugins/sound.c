/* A plugin as README.md promises it: one C file. */
#include "harness/plugin/bulkhead.h"

#include <stdlib.h>

static void act(bh_unit* unit) {
  (void)unit;
  abort();
}

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "e2e-sound",
    .summary = "Calls abort(), written in C.",
    .tags = {"e2e-only"},
    .kind = BH_FAULT,
    .danger = BH_CONTAINED,
    .ends = {{BH_END_SIGNAL, 6}},
    .act = act,
};
