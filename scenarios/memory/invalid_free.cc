// Frees a pointer into the middle of a block, which is aligned as no block is; the C library
// notices and aborts.  The pointer is opaque.
//
// Runs in: unit.
#include <csignal>

#include "scenarios/common.h"

namespace {

constexpr std::size_t kBytes = 64;
constexpr std::size_t kOffset = 8;  // blocks are aligned to 16 bytes

char* g_block = nullptr;

void Prepare(bh_unit* unit) {
  if (unit->index != bulkhead::scenarios::kVictim) return;
  // Zeros, where the C library looks for the size of what it is to free.
  g_block = static_cast<char*>(std::calloc(1, kBytes));
  bulkhead::scenarios::Require(g_block != nullptr);
}

void Act(bh_unit*) { std::free(bulkhead::plugin::Opaque(g_block + kOffset)); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "invalid-free",
    .summary =
        "Frees a pointer into the middle of a block, which the C library answers with abort().",
    .tags = {"fatal", "failure", "ends-process", "memory", "heap"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGABRT}},
    .prepare = Prepare,
    .act = Act,
};
