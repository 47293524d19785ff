// A plugin with a name that nobody could type, nor a report print unharmed.
#include "scenarios/common.h"

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "Bad Name\n",
    .summary = "Has a bad name.",
    .kind = BH_FAULT,
    .ends = {{BH_END_RETURN, 0}},
};
