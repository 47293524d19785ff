// Maps a file, uses the mapping, has the file truncated and uses the mapping again.  The page was
// good a moment ago: truncation takes it away.  The object is volatile.
//
// The file is nobody else's, so nobody else can be hit.
//
// Runs in: unit.
#include <unistd.h>

#include <csignal>

#include "scenarios/common.h"

namespace {

using bulkhead::scenarios::Require;

int g_file = -1;
volatile std::uint64_t* g_record = nullptr;

void Prepare(bh_unit* unit) {
  if (unit->index != bulkhead::scenarios::kVictim) return;
  const long page = sysconf(_SC_PAGESIZE);
  g_file = memfd_create("bulkhead-truncated", MFD_CLOEXEC);
  Require(g_file >= 0 && ftruncate(g_file, page) == 0);
  void* memory =
      mmap(nullptr, static_cast<std::size_t>(page), PROT_READ | PROT_WRITE, MAP_SHARED, g_file, 0);
  Require(memory != MAP_FAILED);
  g_record = static_cast<volatile std::uint64_t*>(memory);
  *g_record = unit->token;
}

void Act(bh_unit* unit) {
  // When it fails, the store succeeds, the act returns and the trial does not count.
  if (ftruncate(g_file, 0) != 0) return;
  *g_record = ~unit->token;
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "bus-error-truncation",
    .summary = "Stores to a mapped file that has been truncated since.",
    .tags = {"fatal", "failure", "ends-process", "memory", "file"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGBUS}},
    .prepare = Prepare,
    .act = Act,
};
