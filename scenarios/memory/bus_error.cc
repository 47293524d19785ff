// Stores beyond the end of a mapped file, where there is no page to back it.  The object is
// volatile.
//
// Runs in: unit.
#include <sys/mman.h>
#include <unistd.h>

#include <csignal>

#include "scenarios/common.h"

namespace {

using bulkhead::scenarios::Require;

volatile int* g_beyond = nullptr;

void Prepare(bh_unit* unit) {
  if (unit->index != bulkhead::scenarios::kVictim) return;
  const int file = memfd_create("bulkhead-empty", MFD_CLOEXEC);  // its size is 0
  Require(file >= 0);
  void* memory = mmap(nullptr, sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  Require(memory != MAP_FAILED);
  close(file);
  g_beyond = static_cast<volatile int*>(memory);
}

void Act(bh_unit*) { *g_beyond = 1; }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "bus-error",
    .summary = "Stores past the end of a mapped file.",
    .tags = {"fatal", "failure", "ends-process", "memory"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGBUS}},
    .prepare = Prepare,
    .act = Act,
};
