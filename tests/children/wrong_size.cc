// A plugin that was built against another layout of the same ABI version.
#include "scenarios/common.h"

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario) - 8,
    .name = "wrong-size",
    .summary = "Describes itself in too few bytes.",
    .kind = BH_FAULT,
    .ends = {{BH_END_RETURN, 0}},
};
