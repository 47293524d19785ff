// The turns of process-switch on one CPU, with 1 MiB that each unit stores into whenever it has the
// turn: what a switch costs a program with data.
//
// Runs in: unit.
#include "scenarios/cost/switching.h"

namespace {

using bulkhead::scenarios::AllowedCpu;

bulkhead::scenarios::Switching g_switching(10, 1 << 20);

void Act(bh_unit*) { g_switching.Measure(AllowedCpu(0), AllowedCpu(0)); }
void Watch(bh_unit* unit) { g_switching.Report(unit); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "process-switch-1m",
    .summary = "Times a turn with 1 MiB of own memory, to a process and to a thread, on one CPU.",
    .tags = {"cost", "switch"},
    .kind = BH_MEASURE,
    .flags = BH_EXCLUSIVE,
    .ends = {{BH_END_RETURN, 0}},
    .act = Act,
    .watch = Watch,
};
