// A plugin whose constructor closes every descriptor, the zygote's channel among them.
#include "scenarios/common.h"
#include "tests/children/descriptors.h"

namespace {

__attribute__((constructor)) void CloseAll() { bulkhead::children::CloseAllDescriptors(); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "constructor-closes-descriptors",
    .summary = "Closes all descriptors while it is being loaded.",
    .kind = BH_FAULT,
    .ends = {{BH_END_RETURN, 0}},
};
