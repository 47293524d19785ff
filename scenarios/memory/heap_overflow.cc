// Writes past the end of a heap buffer into the neighbouring block, as a copy that misses its bound
// does.  The stores are volatile and their end is opaque.
//
// The block's header is overwritten too, so neither block is ever freed: the damage stays silent.
//
// Runs in: unit.
#include "scenarios/memory/adjacent_blocks.h"

namespace {

constexpr std::size_t kBufferBytes = 64;
constexpr std::size_t kNeighbourBytes = 256;

std::uint64_t* g_buffer = nullptr;
std::uint64_t* g_end = nullptr;

void Setup(bh_unit* unit) {
  const auto [buffer, neighbour] =
      bulkhead::scenarios::AllocateAdjacent(kBufferBytes, kNeighbourBytes);
  bulkhead::plugin::Guard(unit, 1, neighbour, kNeighbourBytes);
  g_buffer = reinterpret_cast<std::uint64_t*>(buffer);
  g_end = reinterpret_cast<std::uint64_t*>(neighbour + kNeighbourBytes / 2);
}

void Act(bh_unit* unit) {
  const volatile std::uint64_t* end = bulkhead::plugin::Opaque(g_end);
  for (volatile std::uint64_t* word = g_buffer; word != end; ++word) *word = unit->token;
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "heap-overflow",
    .summary = "Writes past the end of a heap buffer into a bystander's block.",
    .tags = {"corruption", "memory", "heap"},
    .kind = BH_FAULT,
    .ends = {{BH_END_RETURN, 0}},
    .setup = Setup,
    .act = Act,
};
