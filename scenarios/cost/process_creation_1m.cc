// Creation of threads and processes by every way, in a parent that has touched 1 MiB.
//
// Runs in: unit.
#include "scenarios/cost/creation.h"

namespace {

bulkhead::scenarios::Creation g_creation(1, 12);

void Act(bh_unit* unit) { g_creation.Measure(unit->seed); }
void Watch(bh_unit* unit) { g_creation.Report(unit); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "process-creation-1m",
    .summary =
        "Times thread, clone, vfork, fork, spawn, fork + exec in a parent with 1 MiB touched.",
    .tags = {"cost", "creation"},
    .kind = BH_MEASURE,
    .flags = BH_EXCLUSIVE,
    .ends = {{BH_END_RETURN, 0}},
    .prepare = bulkhead::scenarios::RequireProgram,
    .act = Act,
    .watch = Watch,
};
