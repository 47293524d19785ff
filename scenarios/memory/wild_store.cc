// Stores one word at an address that belongs to a bystander: silent where the memory is shared, or
// where the address means something else in the victim.  The word is the victim's token, so that
// whoever knows the trial can tell that it arrived.  The store is volatile.
//
// Runs in: unit.
#include <csignal>

#include "scenarios/common.h"

namespace {

void Act(bh_unit* unit) { *static_cast<volatile std::uint64_t*>(unit->target) = unit->token; }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "wild-store",
    .summary = "Stores a word at an address inside a bystander's memory.",
    .tags = {"corruption", "wild", "memory"},
    .kind = BH_FAULT,
    .ends = {{BH_END_RETURN, 0}, {BH_END_SIGNAL, SIGSEGV}},
    .act = Act,
};
