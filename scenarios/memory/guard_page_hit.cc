// Fills a buffer beyond its end, word by word, until it meets the guard page behind it: an overflow
// that is caught at once, not silent as that of heap-overflow.  The stores are volatile.
//
// Runs in: unit.
#include <unistd.h>

#include <csignal>

#include "scenarios/common.h"

namespace {

using bulkhead::scenarios::Require;

std::size_t g_page_bytes = 0;
std::uint64_t* g_buffer = nullptr;  // the page before the guard page

void Prepare(bh_unit* unit) {
  if (unit->index != bulkhead::scenarios::kVictim) return;
  g_page_bytes = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  char* pages = static_cast<char*>(
      bulkhead::scenarios::MapAnonymous(2 * g_page_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE));
  Require(mprotect(pages + g_page_bytes, g_page_bytes, PROT_NONE) == 0);
  g_buffer = reinterpret_cast<std::uint64_t*>(pages);
}

void Act(bh_unit* unit) {
  const std::size_t words = g_page_bytes / sizeof(std::uint64_t);
  volatile std::uint64_t* buffer = bulkhead::plugin::Opaque(g_buffer);
  for (std::size_t i = 0; i <= words; ++i) buffer[i] = unit->token;  // one too many
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "guard-page-hit",
    .summary = "Overflows a buffer into the guard page behind it.",
    .tags = {"fatal", "failure", "ends-process", "memory"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGSEGV}},
    .prepare = Prepare,
    .act = Act,
};
