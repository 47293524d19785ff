// The link of the reviews' host is cut: packets to it are lost without an answer.  shop.h has the
// shop.  System calls: nothing that a compiler could remove.
//
// Runs in: unit.
#include "scenarios/case/shop.h"
#include "scenarios/host/link.h"

namespace {

void Act(bh_unit*) { bulkhead::scenarios::CutLink(); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "microservice-cut-off",
    .summary = "One of a shop's hosts is cut off; customers order pages from the others.",
    .tags = {"case", "microservices"},
    .kind = BH_FAULT,
    .ends = {{BH_END_RETURN, 0}},
    .needs = {"hosts", "CAP_NET_ADMIN"},
    .prepare = bulkhead::scenarios::Shop::Prepare,
    .act = Act,
    .watch = bulkhead::scenarios::Shop::Watch,
};
