// The victim writes its token into a global variable of each bystander, which then reads it.  The
// variables are volatile: every load and store happens.
//
// Runs in: unit.
#include "scenarios/common.h"

namespace {

using bulkhead::scenarios::kMostUnits;
using bulkhead::scenarios::kVictim;

volatile std::uint64_t g_cells[kMostUnits];  // of the bystander with that index

void Prepare(bh_unit* unit) {
  bulkhead::scenarios::Require(unit->count <= kMostUnits);
  if (unit->index != kVictim) g_cells[unit->index] = unit->token;
}

void Act(bh_unit* unit) {
  for (std::uint32_t i = 1; i < unit->count; ++i) g_cells[i] = unit->token;
}

void Watch(bh_unit* unit) {
  if (unit->index != kVictim) bulkhead::plugin::Reading(unit, "global", g_cells[unit->index]);
}

void Hit(bh_unit* unit, std::uint64_t foreign) { g_cells[unit->index] = foreign; }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "shared-globals",
    .summary = "The victim writes to global variables that the bystanders read.",
    .tags = {"memory"},
    .kind = BH_PROBE,
    .ends = {{BH_END_RETURN, 0}},
    .prepare = Prepare,
    .act = Act,
    .watch = Watch,
    .hit = Hit,
};
