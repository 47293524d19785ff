/* Says of itself that it presses on the machine.  (It does nothing.) */
#include "harness/plugin/bulkhead.h"

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "e2e-heavy",
    .summary = "Claims to be heavy.",
    .tags = {"e2e-only"},
    .kind = BH_FAULT,
    .danger = BH_HEAVY,
    .ends = {{BH_END_RETURN, 0}},
};
