// Stores one word into a global table, in the part that belongs to a bystander, as an index out of
// its own part does.  The table is volatile, so the store happens.
//
// Runs in: unit.
#include "scenarios/common.h"

namespace {

constexpr std::size_t kWords = 64;

volatile std::uint64_t g_table[kWords];  // the bystander's

void Setup(bh_unit* unit) {
  bulkhead::plugin::Guard(unit, 1, const_cast<std::uint64_t*>(g_table), sizeof(g_table));
}

void Act(bh_unit* unit) { g_table[unit->seed % kWords] = unit->token; }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "wild-store-global",
    .summary = "Stores a word into a global that belongs to a bystander.",
    .tags = {"corruption", "memory", "global"},
    .kind = BH_FAULT,
    .ends = {{BH_END_RETURN, 0}},
    .setup = Setup,
    .act = Act,
};
