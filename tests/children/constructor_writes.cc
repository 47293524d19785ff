// A plugin whose constructor writes more than any pipe holds.  It is talkative, not broken.
#include "scenarios/common.h"
#include "tests/children/descriptors.h"

namespace {

__attribute__((constructor)) void Talk() { bulkhead::children::WriteToStderr(1 << 20); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "constructor-writes",
    .summary = "Writes 1 MiB to stderr while it is being loaded.",
    .kind = BH_FAULT,
    .ends = {{BH_END_RETURN, 0}},
};
