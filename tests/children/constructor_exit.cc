// A plugin whose constructor ends the process as if all were well.
#include <unistd.h>

#include "scenarios/common.h"

namespace {

__attribute__((constructor)) void Leave() { _exit(0); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "constructor-exit",
    .summary = "Exits with code 0 while it is being loaded.",
    .kind = BH_FAULT,
    .ends = {{BH_END_RETURN, 0}},
};
