// Writes past the end of a heap buffer into the neighbouring block, as a copy that misses its bound
// does.  The stores are volatile and their end is opaque.
//
// The block's header is overwritten too, so neither block is ever freed: the damage stays silent.
//
// Runs in: unit.
#include <malloc.h>

#include "scenarios/common.h"

namespace {

using bulkhead::scenarios::Require;

constexpr std::size_t kBufferBytes = 64;
constexpr std::size_t kNeighbourBytes = 256;
constexpr std::size_t kMostGapBytes = 64;  // a block's header: 8 bytes in glibc
constexpr int kMostTries = 1000;           // each try leaks, so that the free lists run dry

std::uint64_t* g_buffer = nullptr;
std::uint64_t* g_end = nullptr;

void Setup(bh_unit* unit) {
  for (int tries = 0; tries < kMostTries; ++tries) {
    char* buffer = static_cast<char*>(std::malloc(kBufferBytes));
    char* neighbour = static_cast<char*>(std::malloc(kNeighbourBytes));
    Require(buffer != nullptr && neighbour != nullptr);
    const auto end = reinterpret_cast<std::uintptr_t>(buffer) + malloc_usable_size(buffer);
    const auto next = reinterpret_cast<std::uintptr_t>(neighbour);
    if (next < end || next - end > kMostGapBytes) continue;
    bulkhead::plugin::Guard(unit, 1, neighbour, kNeighbourBytes);
    g_buffer = reinterpret_cast<std::uint64_t*>(buffer);
    g_end = reinterpret_cast<std::uint64_t*>(neighbour + kNeighbourBytes / 2);
    return;
  }
  Require(false);
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
