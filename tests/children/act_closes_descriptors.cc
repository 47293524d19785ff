// The victim closes every descriptor, its own channel among them, and goes on.
#include "scenarios/common.h"
#include "tests/children/descriptors.h"

namespace {

void Act(bh_unit*) { bulkhead::children::CloseAllDescriptors(); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "act-closes-descriptors",
    .summary = "Closes all descriptors.",
    .kind = BH_FAULT,
    .ends = {{BH_END_RETURN, 0}},
    .act = Act,
};
