// Writes through a pointer to a block that was freed and has been handed out again: it is a
// bystander's now.  The stale address is kept as a number, which no compiler follows, and the store
// is volatile.
//
// `Setup` fails when the C library does not hand out the same block at once; glibc does.
//
// Runs in: zygote (setup) and unit.
#include "scenarios/common.h"

namespace {

using bulkhead::scenarios::Require;

constexpr std::size_t kWords = 32;
constexpr std::size_t kBytes = kWords * sizeof(std::uint64_t);
constexpr int kMostTries = 1000;

std::uintptr_t g_stale = 0;

void Setup(bh_unit* unit) {
  for (int tries = 0; tries < kMostTries; ++tries) {
    void* block = bulkhead::plugin::Opaque(std::malloc(kBytes));
    Require(block != nullptr);
    g_stale = reinterpret_cast<std::uintptr_t>(block);
    std::free(block);
    void* next = bulkhead::plugin::Opaque(std::malloc(kBytes));
    if (reinterpret_cast<std::uintptr_t>(next) != g_stale) continue;
    bulkhead::plugin::Guard(unit, 1, next, kBytes);
    return;
  }
  Require(false);
}

void Act(bh_unit* unit) {
  auto* words = reinterpret_cast<volatile std::uint64_t*>(bulkhead::plugin::Opaque(g_stale));
  words[unit->seed % kWords] = unit->token;
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "use-after-free",
    .summary = "Writes through a freed block that has been handed out again to a bystander.",
    .tags = {"corruption", "memory", "heap"},
    .kind = BH_FAULT,
    .ends = {{BH_END_RETURN, 0}},
    .setup = Setup,
    .act = Act,
};
