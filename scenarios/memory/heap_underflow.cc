// Writes before the start of a heap buffer into the block below, as a loop that counts down and
// misses zero does.  The stores are volatile and their end is opaque.
//
// The buffer's own header is overwritten too, so neither block is ever freed: the damage stays
// silent.
//
// Runs in: unit.
#include "scenarios/memory/adjacent_blocks.h"

namespace {

constexpr std::size_t kBufferBytes = 64;
constexpr std::size_t kNeighbourBytes = 256;

std::uint64_t* g_buffer = nullptr;
std::uint64_t* g_end = nullptr;

void Setup(bh_unit* unit) {
  const auto [neighbour, buffer] =
      bulkhead::scenarios::AllocateAdjacent(kNeighbourBytes, kBufferBytes);
  bulkhead::plugin::Guard(unit, 1, neighbour, kNeighbourBytes);
  g_buffer = reinterpret_cast<std::uint64_t*>(buffer);
  g_end = reinterpret_cast<std::uint64_t*>(neighbour + kNeighbourBytes / 2);
}

void Act(bh_unit* unit) {
  const volatile std::uint64_t* end = bulkhead::plugin::Opaque(g_end);
  for (volatile std::uint64_t* word = g_buffer; word != end;) *--word = unit->token;
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "heap-underflow",
    .summary = "Writes before the start of a heap buffer into a bystander's block.",
    .tags = {"corruption", "memory", "heap"},
    .kind = BH_FAULT,
    .ends = {{BH_END_RETURN, 0}},
    .setup = Setup,
    .act = Act,
};
