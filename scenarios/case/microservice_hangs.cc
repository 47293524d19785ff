// The reviews' service hangs: its host takes connections, and nobody ever answers.  shop.h has the
// shop.  The loop's condition is volatile: no compiler can remove it.
//
// Runs in: unit.
#include "scenarios/case/shop.h"

namespace {

volatile bool g_forever = true;

void Act(bh_unit*) {
  bulkhead::scenarios::Shop::Hang();
  while (g_forever) {
  }
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "microservice-hangs",
    .summary = "One of a shop's services hangs; customers order pages from the others.",
    .tags = {"case", "microservices"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SPINNING, 0}},
    .needs = {"hosts"},
    .prepare = bulkhead::scenarios::Shop::Prepare,
    .act = Act,
    .watch = bulkhead::scenarios::Shop::Watch,
};
