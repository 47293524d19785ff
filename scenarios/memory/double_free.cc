// Frees a block twice; the C library notices and aborts.  The second pointer is opaque: compilers
// delete pairs of malloc and free that they can follow.
//
// Runs in: unit.
#include <csignal>

#include "scenarios/common.h"

namespace {

constexpr std::size_t kBytes = 64;

void* g_block = nullptr;

void Prepare(bh_unit* unit) {
  if (unit->index != bulkhead::scenarios::kVictim) return;
  g_block = std::malloc(kBytes);
  bulkhead::scenarios::Require(g_block != nullptr);
}

void Act(bh_unit*) {
  void* again = bulkhead::plugin::Opaque(g_block);
  std::free(g_block);
  std::free(again);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "double-free",
    .summary = "Frees a heap block twice, which the C library answers with abort().",
    .tags = {"fatal", "failure", "ends-process", "memory", "heap"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGABRT}},
    .prepare = Prepare,
    .act = Act,
};
