/* A trial that lasts as long as it may: nothing ends it but the harness. */
#include "harness/plugin/bulkhead.h"

#include <unistd.h>

static void prepare(bh_unit* unit) {
  if (unit->index == 0 && unit->count > 0) {
    for (;;) pause();
  }
}

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "e2e-endless",
    .summary = "Its victim never gets ready.",
    .tags = {"e2e-only"},
    .kind = BH_FAULT,
    .danger = BH_CONTAINED,
    .ends = {{BH_END_RETURN, 0}},
    .prepare = prepare,
};
