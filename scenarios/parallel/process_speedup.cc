// Times two shares of CPU-bound work done by one unit against one share each done by it and by
// another process on a second CPU.  The work hides its values from the compiler.
//
// Runs in: unit.  With one CPU its units never get ready.
#include "scenarios/parallel/speedup.h"

namespace {

bulkhead::scenarios::Speedup<bulkhead::scenarios::PartnerProcess> g_speedup;

void Act(bh_unit*) { g_speedup.Measure(); }
void Watch(bh_unit* unit) { g_speedup.Report(unit); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "process-speedup",
    .summary = "Times work done by one unit against the same work split with a process.",
    .tags = {"parallel"},
    .kind = BH_MEASURE,
    .flags = BH_EXCLUSIVE,
    .ends = {{BH_END_RETURN, 0}},
    .prepare = bulkhead::scenarios::RequireTwoCpus,
    .act = Act,
    .watch = Watch,
};
