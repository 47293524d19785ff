// Each bystander allocates a block, the victim writes its token into it, the bystander reads it and
// the victim frees it: one heap, three hands.  Blocks are found through a table of globals; where
// that is not shared, the victim finds it empty and has nothing to write or free.
//
// Table and blocks are volatile: every load and store happens.
//
// Runs in: unit.
#include "scenarios/common.h"

namespace {

using bulkhead::scenarios::kMostUnits;
using bulkhead::scenarios::kVictim;
using bulkhead::scenarios::Require;

using Block = volatile std::uint64_t;

Block* volatile g_blocks[kMostUnits];  // of the bystander with that index

void Prepare(bh_unit* unit) {
  Require(unit->count <= kMostUnits);
  if (unit->index == kVictim) return;
  auto* block = static_cast<Block*>(std::malloc(sizeof(Block)));
  Require(block != nullptr);
  *block = unit->token;
  g_blocks[unit->index] = block;
}

void Act(bh_unit* unit) {
  for (std::uint32_t i = 1; i < unit->count; ++i) {
    if (Block* block = g_blocks[i]) *block = unit->token;
  }
}

void Watch(bh_unit* unit) {
  if (unit->index != kVictim) {
    bulkhead::plugin::Reading(unit, "heap", *g_blocks[unit->index]);
    return;
  }
  for (std::uint32_t i = 1; i < unit->count; ++i)
    std::free(const_cast<std::uint64_t*>(g_blocks[i]));
}

void Hit(bh_unit* unit, std::uint64_t foreign) { *g_blocks[unit->index] = foreign; }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "shared-heap",
    .summary = "The victim writes to heap blocks that the bystanders allocated, and frees them.",
    .tags = {"memory", "heap"},
    .kind = BH_PROBE,
    .ends = {{BH_END_RETURN, 0}},
    .prepare = Prepare,
    .act = Act,
    .watch = Watch,
    .hit = Hit,
};
