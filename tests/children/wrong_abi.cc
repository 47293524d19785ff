// A plugin of a later ABI.
#include "scenarios/common.h"

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION + 41,
    .size = sizeof(bh_scenario),
    .name = "wrong-abi",
    .summary = "Speaks another ABI version.",
    .kind = BH_FAULT,
    .ends = {{BH_END_RETURN, 0}},
};
