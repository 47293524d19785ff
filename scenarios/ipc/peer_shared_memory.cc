// The victim shares a mapping with each bystander and is killed; each bystander looks whether the
// memory tells it: whether its word there has become another.  The call that kills has an effect
// that no compiler may remove, and the words are volatile.
//
// Runs in: unit.
#include <unistd.h>

#include <csignal>

#include "scenarios/common.h"

namespace {

using bulkhead::scenarios::kMostUnits;

volatile std::uint64_t* g_words;  // of the unit with that index

void Setup(bh_unit*) {
  g_words = static_cast<volatile std::uint64_t*>(bulkhead::scenarios::MapAnonymous(
      kMostUnits * sizeof(std::uint64_t), PROT_READ | PROT_WRITE, MAP_SHARED));
}

void Prepare(bh_unit* unit) {
  bulkhead::scenarios::Require(unit->count <= kMostUnits);
  g_words[unit->index] = unit->token;
}

void Act(bh_unit*) { kill(getpid(), SIGKILL); }

void Watch(bh_unit* unit) {
  if (unit->index == bulkhead::scenarios::kVictim) return;
  bulkhead::plugin::Reading(unit, "peer", g_words[unit->index]);
}

void Hit(bh_unit* unit, std::uint64_t foreign) { g_words[unit->index] = foreign; }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "peer-shared-memory",
    .summary = "The victim, which shares memory with each bystander, is killed.",
    .tags = {"ipc", "ipc-peer"},
    .kind = BH_PROBE,
    .flags = BH_SHARED_MAPPING,
    .ends = {{BH_END_SIGNAL, SIGKILL}},
    .setup = Setup,
    .prepare = Prepare,
    .act = Act,
    .watch = Watch,
    .hit = Hit,
};
