// The victim takes its host's only link down and sees that nobody can be reached any more.  The
// services on the other hosts must go on answering each other.  System calls: nothing that a
// compiler could remove.
//
// Runs in: unit.  The vehicle links the host again for the next trial.
#include "scenarios/host/link.h"
#include "scenarios/host/service.h"

namespace {

using bulkhead::scenarios::kVictim;
using bulkhead::scenarios::Require;
using bulkhead::scenarios::Service;

void Act(bh_unit* unit) {
  Require(Service::IsAnswered(unit, 1, 1));
  bulkhead::scenarios::CutLink();
  Require(!Service::IsAnswered(unit, 1, 1));
}

void Watch(bh_unit* unit) {
  if (unit->index != kVictim) Service::RequireOthers(unit);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "host-cut-off",
    .summary = "Cuts the link of one host; the other hosts' services ask each other.",
    .tags = {"host", "network"},
    .kind = BH_FAULT,
    .ends = {{BH_END_RETURN, 0}},
    .needs = {"hosts", "CAP_NET_ADMIN"},
    .prepare = Service::Start,
    .act = Act,
    .watch = Watch,
};
