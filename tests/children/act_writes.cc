// The victim writes 10 MB to stderr.
#include "scenarios/common.h"
#include "tests/children/descriptors.h"

namespace {

void Act(bh_unit*) { bulkhead::children::WriteToStderr(10'000'000); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "act-writes",
    .summary = "Writes 10 MB to stderr.",
    .kind = BH_FAULT,
    .ends = {{BH_END_RETURN, 0}},
    .act = Act,
};
