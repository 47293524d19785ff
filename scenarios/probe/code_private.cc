// Two functions that return their argument: one is program code, mapped from this plugin's file;
// the other is made in memory before any unit exists.  The victim patches both so that they return
// its token; the bystanders call them with their own tokens.
//
// The functions are bytes of machine code behind opaque pointers: no compiler knows what a call
// returns.  A bystander that did not patch still runs the page that all processes share.
//
// Only for x86-64, whose caches need no help to see new code.  Elsewhere the list of ends is empty
// and no trial counts.
//
// Runs in: unit.
#include <cstring>

#include "scenarios/common.h"

#if defined(__x86_64__)
// mov rax, rdi; ret - with room for a patch, alone on its page.
asm(".pushsection .text\n"
    ".balign 4096\n"
    ".hidden bulkhead_patched\n"
    ".globl bulkhead_patched\n"
    ".type bulkhead_patched, @function\n"
    "bulkhead_patched:\n"
    ".byte 0x48, 0x89, 0xf8, 0xc3\n"
    ".balign 4096, 0xcc\n"
    ".size bulkhead_patched, . - bulkhead_patched\n"
    ".popsection\n");
extern "C" std::uint64_t bulkhead_patched(std::uint64_t);
#endif

namespace {

#if defined(__x86_64__)
using bulkhead::plugin::Opaque;
using bulkhead::plugin::Reading;
using bulkhead::scenarios::kVictim;
using bulkhead::scenarios::Require;

using Function = std::uint64_t (*)(std::uint64_t);

constexpr std::size_t kPageBytes = 4096;
constexpr int kPatchable = PROT_READ | PROT_WRITE | PROT_EXEC;

void* g_made;

void* Code() { return reinterpret_cast<void*>(Opaque(&bulkhead_patched)); }

// mov rax, token; ret
void Patch(void* function, std::uint64_t token) {
  unsigned char code[11] = {0x48, 0xb8};
  std::memcpy(code + 2, &token, sizeof(token));
  code[10] = 0xc3;
  std::memcpy(Opaque(function), code, sizeof(code));
}

// After a serialising instruction: nothing fetched before it is executed after it.
std::uint64_t Call(void* function, std::uint64_t token) {
  unsigned a = 0, b, c = 0, d;
  asm volatile("cpuid" : "+a"(a), "=b"(b), "+c"(c), "=d"(d) : : "memory");
  return Opaque(reinterpret_cast<Function>(function))(token);
}

void PatchBoth(std::uint64_t token) {
  Require(mprotect(Code(), kPageBytes, kPatchable) == 0);
  Patch(Code(), token);
  Patch(g_made, token);
}

void Setup(bh_unit*) {
  g_made = bulkhead::scenarios::MapAnonymous(kPageBytes, kPatchable, MAP_PRIVATE);
  std::memcpy(g_made, Code(), kPageBytes);
}

void Act(bh_unit* unit) { PatchBoth(unit->token); }

void Watch(bh_unit* unit) {
  if (unit->index == kVictim) return;
  Reading(unit, "program", Call(Code(), unit->token));
  Reading(unit, "generated", Call(g_made, unit->token));
}

void Hit(bh_unit*, std::uint64_t foreign) { PatchBoth(foreign); }
#endif

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "code-private",
    .summary = "The victim patches functions that the bystanders call afterwards (x86-64 only).",
    .tags = {"memory", "code", "x86-only"},
    .kind = BH_PROBE,
#if defined(__x86_64__)
    .ends = {{BH_END_RETURN, 0}},
    .setup = Setup,
    .act = Act,
    .watch = Watch,
    .hit = Hit,
#endif
};
