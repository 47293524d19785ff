// A plugin whose constructor stores through null while it is being loaded.
#include "scenarios/common.h"

namespace {

__attribute__((constructor)) void Strike() {
  *bulkhead::plugin::Opaque(static_cast<volatile int*>(nullptr)) = 1;
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "constructor-segfault",
    .summary = "Crashes while it is being loaded.",
    .kind = BH_FAULT,
    .ends = {{BH_END_RETURN, 0}},
};
