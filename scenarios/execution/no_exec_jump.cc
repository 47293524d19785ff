// Calls into a page that may be read and written, not executed.  The address is loaded at run time.
//
// The page holds a return instruction where we know one: a machine that executes it comes back, and
// the trial does not count, instead of dying of something else.
//
// Runs in: unit.
#include <csignal>
#include <cstring>

#include "scenarios/common.h"

namespace {

#if defined(__x86_64__) || defined(__i386__)
constexpr unsigned char kReturn[] = {0xc3};
#elif defined(__aarch64__)
constexpr unsigned char kReturn[] = {0xc0, 0x03, 0x5f, 0xd6};
#elif defined(__riscv)
constexpr unsigned char kReturn[] = {0x67, 0x80, 0x00, 0x00};
#else
constexpr unsigned char kReturn[] = {0};
#endif

void* g_page = nullptr;

void Prepare(bh_unit* unit) {
  if (unit->index != bulkhead::scenarios::kVictim) return;
  g_page = bulkhead::scenarios::MapAnonymous(sizeof(kReturn), PROT_READ | PROT_WRITE, MAP_PRIVATE);
  std::memcpy(g_page, kReturn, sizeof(kReturn));
}

void Act(bh_unit*) { reinterpret_cast<void (*)()>(bulkhead::plugin::Opaque(g_page))(); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "no-exec-jump",
    .summary = "Calls into memory that may not be executed.",
    .tags = {"fatal", "failure", "ends-process", "execution"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGSEGV}},
    .prepare = Prepare,
    .act = Act,
};
