/* Speaks a version of the contract that does not exist. */
#include "harness/plugin/bulkhead.h"

const bh_scenario bulkhead_scenario = {
    .abi_version = 77,
    .size = sizeof(bh_scenario),
    .name = "e2e-foreign-abi",
    .summary = "Has another ABI version.",
    .kind = BH_FAULT,
    .danger = BH_CONTAINED,
};
