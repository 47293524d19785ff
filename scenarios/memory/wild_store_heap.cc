// Stores one word into a heap block that belongs to a bystander, through a pointer that it should
// not have.  Only that word is written, so the heap itself stays sound.  The store is volatile and
// its address opaque.
//
// Runs in: unit.
#include "scenarios/common.h"

namespace {

constexpr std::size_t kWords = 64;

std::uint64_t* g_block = nullptr;  // the bystander's

void Setup(bh_unit* unit) {
  g_block = static_cast<std::uint64_t*>(std::malloc(kWords * sizeof(std::uint64_t)));
  bulkhead::scenarios::Require(g_block != nullptr);
  bulkhead::plugin::Guard(unit, 1, g_block, kWords * sizeof(std::uint64_t));
}

void Act(bh_unit* unit) {
  volatile std::uint64_t* word = bulkhead::plugin::Opaque(g_block) + unit->seed % kWords;
  *word = unit->token;
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "wild-store-heap",
    .summary = "Stores a word into a heap block that belongs to a bystander.",
    .tags = {"corruption", "memory", "heap"},
    .kind = BH_FAULT,
    .ends = {{BH_END_RETURN, 0}},
    .setup = Setup,
    .act = Act,
};
