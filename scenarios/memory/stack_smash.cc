// Writes past the end of an array on its stack, up to its own return address, and returns: the
// processor jumps to a page that may not be touched.  No stack protector is in the way: the build
// switches it off.
//
// The stores are volatile and done by a function of their own, which keeps its cursor out of their
// way.
//
// Only x86 always keeps the return address above the locals.  Elsewhere nothing happens.
//
// Runs in: unit.
#include <csignal>

#include "scenarios/common.h"

namespace {

std::uintptr_t g_nowhere = 0;

void Prepare(bh_unit* unit) {
  if (unit->index != bulkhead::scenarios::kVictim) return;
  g_nowhere = reinterpret_cast<std::uintptr_t>(
      bulkhead::scenarios::MapAnonymous(1, PROT_NONE, MAP_PRIVATE));
}

#if defined(__x86_64__) || defined(__i386__)
BH_KEEP void Fill(volatile std::uintptr_t* word, const volatile std::uintptr_t* last) {
  for (; word <= last; ++word) *word = g_nowhere;
}

BH_KEEP void Smash() {
  volatile std::uintptr_t array[4];
  Fill(array, static_cast<std::uintptr_t*>(__builtin_frame_address(0)) + 1);
}
#else
void Smash() {}
#endif

void Act(bh_unit*) { Smash(); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "stack-smash",
    .summary = "Overwrites its own return address by an overflow on the stack (x86 only).",
    .tags = {"fatal", "failure", "ends-process", "memory", "stack", "x86-only"},
    .kind = BH_FAULT,
#if defined(__x86_64__) || defined(__i386__)
    .ends = {{BH_END_SIGNAL, SIGSEGV}},
#endif
    .prepare = Prepare,
    .act = Act,
};
