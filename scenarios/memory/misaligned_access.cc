// Sets the alignment check flag of the processor and loads a word from an odd address.  One piece
// of inline assembly, so that no access of the compiler's own falls between the two.
//
// The flag is set on the stack, below the red zone.  It stays set in a handler; an access there
// that is misaligned too ends the process by the same signal.
//
// Only x86 has that flag.  Elsewhere nothing happens.
//
// Runs in: unit.
#include <csignal>

#include "scenarios/common.h"

namespace {

alignas(16) std::uint64_t g_words[2];

void Act(bh_unit*) {
#if defined(__x86_64__)
  const char* odd = bulkhead::plugin::Opaque(reinterpret_cast<const char*>(g_words)) + 1;
  std::uint64_t loaded;
  asm volatile(
      "leaq -128(%%rsp), %%rsp\n\t"
      "pushfq\n\t"
      "orq $0x40000, (%%rsp)\n\t"
      "popfq\n\t"
      "movq (%1), %0\n\t"
      "leaq 128(%%rsp), %%rsp"
      : "=&r"(loaded)
      : "r"(odd)
      : "memory", "cc");
#else
  bulkhead::plugin::Opaque(&g_words[0]);
#endif
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "misaligned-access",
    .summary = "Loads from an odd address with the alignment check switched on (x86 only).",
    .tags = {"fatal", "failure", "ends-process", "memory", "x86-only"},
    .kind = BH_FAULT,
#if defined(__x86_64__)
    .ends = {{BH_END_SIGNAL, SIGBUS}},
#endif
    .act = Act,
};
