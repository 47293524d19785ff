// A browser stores through a null pointer while editors are open.  The store is volatile and its
// address opaque.
//
// Runs in: zygote (setup) and unit.
#include <csignal>

#include "scenarios/case/applications.h"
#include "scenarios/case/ways.h"

namespace {

void Fail(bulkhead::scenarios::Page&, char*) { bulkhead::scenarios::StoreThroughNull(); }

using Applications = bulkhead::scenarios::Applications<Fail>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "application-crashes",
    .summary = "A browser stores through a null pointer while editors are open.",
    .tags = {"case", "separate-applications"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGSEGV}},
    .setup = Applications::Setup,
    .prepare = Applications::Prepare,
    .act = Applications::Act,
    .watch = Applications::Watch,
};
