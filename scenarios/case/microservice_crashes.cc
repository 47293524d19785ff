// The reviews' service stores through null: its process ends, and its host answers with a refusal.
// shop.h has the shop.  The store is volatile and its address opaque: no compiler can remove it.
//
// Runs in: unit.
#include <csignal>

#include "scenarios/case/shop.h"

namespace {

void Act(bh_unit*) {
  volatile int* nowhere = bulkhead::plugin::Opaque(static_cast<int*>(nullptr));
  *nowhere = 1;
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "microservice-crashes",
    .summary = "One of a shop's services crashes; customers order pages from the others.",
    .tags = {"case", "microservices"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGSEGV}},
    .needs = {"hosts"},
    .prepare = bulkhead::scenarios::Shop::Prepare,
    .act = Act,
    .watch = bulkhead::scenarios::Shop::Watch,
};
