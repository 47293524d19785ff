// Writes past the end of an array on its stack, in a function that has a stack protector: it finds
// its guard word changed before it returns, and the C library aborts.
//
// gcc puts the protector in by an attribute, whatever the build's flags.  clang has no such
// attribute: there the guard word is written and checked by hand, as the compiler would do it, and
// the same function of the C library is called.  The stores are volatile and done by a function of
// their own, which keeps its cursor out of their way.
//
// Runs in: unit.
#include <csignal>

#include "scenarios/common.h"

#if defined(__clang__)
extern "C" [[noreturn]] void __stack_chk_fail();
#endif

namespace {

constexpr std::size_t kArrayBytes = 16;
constexpr std::size_t kTooFar = 32;  // beyond the array: over the guard word, whatever the padding

BH_KEEP void Fill(volatile unsigned char* array) {
  for (std::size_t i = 0; i < kArrayBytes + kTooFar; ++i) {
    array[i] = static_cast<unsigned char>(~array[i]);
  }
}

#if defined(__clang__)
BH_KEEP void Smash(std::uint64_t secret) {
  struct {
    volatile unsigned char array[kArrayBytes] = {};
    volatile std::uint64_t guard;
    unsigned char others[kTooFar];
  } frame;
  frame.guard = secret;
  Fill(frame.array);
  if (frame.guard != secret) __stack_chk_fail();
}
#else
BH_KEEP __attribute__((optimize("stack-protector-all"))) void Smash(std::uint64_t) {
  volatile unsigned char array[kArrayBytes] = {};
  Fill(array);
}
#endif

void Act(bh_unit* unit) { Smash(unit->token); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "stack-smash-protected",
    .summary = "Overflows an array on its stack in a function with a stack protector.",
    .tags = {"fatal", "failure", "ends-process", "memory", "stack"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGABRT}},
    .act = Act,
};
