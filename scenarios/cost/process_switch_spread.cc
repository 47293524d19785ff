// The same turns as process-switch, with the partner on a second CPU: what is timed is mostly how
// one CPU wakes the other, which is the same for both kinds of partner.
//
// Runs in: unit.  With one CPU its units never get ready.
#include "scenarios/cost/switching.h"

namespace {

using bulkhead::scenarios::AllowedCpu;

bulkhead::scenarios::Switching g_switching(20);

void Act(bh_unit*) { g_switching.Measure(AllowedCpu(0), AllowedCpu(1)); }
void Watch(bh_unit* unit) { g_switching.Report(unit); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "process-switch-spread",
    .summary = "Times a turn handed to a process against one to a thread, on another CPU.",
    .tags = {"cost", "switch"},
    .kind = BH_MEASURE,
    .flags = BH_EXCLUSIVE,
    .ends = {{BH_END_RETURN, 0}},
    .prepare = bulkhead::scenarios::RequireTwoCpus,
    .act = Act,
    .watch = Watch,
};
