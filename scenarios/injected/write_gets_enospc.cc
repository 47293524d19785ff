// Its write fails with ENOSPC, and it goes on without: any other outcome aborts.  System calls:
// nothing that a compiler could remove.
//
// Runs in: unit.
#include "scenarios/injected/refused_write.h"

namespace {

using Refused = bulkhead::scenarios::RefusedWrite<ENOSPC>;

void Act(bh_unit*) { bulkhead::scenarios::Require(Refused::IsRefused()); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "write-gets-enospc",
    .summary = "Goes on when its write fails with ENOSPC, which seccomp injects.",
    .tags = {"failure", "injected", "seccomp"},
    .kind = BH_FAULT,
    .ends = {{BH_END_RETURN, 0}},
    .setup = Refused::Setup,
    .prepare = Refused::Prepare,
    .act = Act,
    .watch = Refused::Watch,
};
