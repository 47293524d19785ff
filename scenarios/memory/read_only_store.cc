// Stores to a page of its own that is mapped read-only.  The object is volatile.
//
// Runs in: unit.
#include <csignal>

#include "scenarios/common.h"

namespace {

volatile int* g_page = nullptr;

void Prepare(bh_unit* unit) {
  if (unit->index != bulkhead::scenarios::kVictim) return;
  g_page = static_cast<volatile int*>(
      bulkhead::scenarios::MapAnonymous(sizeof(int), PROT_READ, MAP_PRIVATE));
}

void Act(bh_unit*) { *g_page = 1; }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "read-only-store",
    .summary = "Stores to memory that is mapped read-only.",
    .tags = {"fatal", "failure", "ends-process", "memory"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGSEGV}},
    .prepare = Prepare,
    .act = Act,
};
