// Times the switch to another process against the switch to another thread, all on one CPU: two
// units take turns through a futex, pair by pair of samples.  System calls: nothing that a compiler
// could remove.
//
// Runs in: unit.
#include "scenarios/cost/switching.h"

namespace {

using bulkhead::scenarios::AllowedCpu;

bulkhead::scenarios::Switching g_switching(100);

void Act(bh_unit*) { g_switching.Measure(AllowedCpu(0), AllowedCpu(0)); }
void Watch(bh_unit* unit) { g_switching.Report(unit); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "process-switch",
    .summary = "Times a turn handed to another process against one to another thread on one CPU.",
    .tags = {"cost", "switch"},
    .kind = BH_MEASURE,
    .flags = BH_EXCLUSIVE,
    .ends = {{BH_END_RETURN, 0}},
    .act = Act,
    .watch = Watch,
};
