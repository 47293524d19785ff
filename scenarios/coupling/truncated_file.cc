// Units map one file.  The victim truncates it; each bystander then reads a page that is no longer
// there and gets SIGBUS.  A system call and a volatile load: nothing that a compiler could remove.
//
// The file (in memory, without a name) outlives the trial: the victim makes it long in `prepare`.
//
// Runs in: unit.
#include <unistd.h>

#include "scenarios/common.h"

namespace {

using bulkhead::scenarios::kVictim;
using bulkhead::scenarios::Require;

int g_file = -1;
std::size_t g_bytes;
volatile char* g_shared;

void Setup(bh_unit*) {
  g_bytes = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  g_file = memfd_create("bulkhead-truncated", MFD_CLOEXEC);
  Require(g_file >= 0 && ftruncate(g_file, static_cast<off_t>(g_bytes)) == 0);
  void* memory = mmap(nullptr, g_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, g_file, 0);
  Require(memory != MAP_FAILED);
  g_shared = static_cast<volatile char*>(memory);
}

void Prepare(bh_unit* unit) {
  if (unit->index == kVictim) Require(ftruncate(g_file, static_cast<off_t>(g_bytes)) == 0);
}

void Act(bh_unit*) { Require(ftruncate(g_file, 0) == 0); }

BH_KEEP void Read() { (void)*g_shared; }

void Watch(bh_unit* unit) {
  if (unit->index != kVictim) Read();
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "truncated-file",
    .summary = "Truncates a file that the bystanders have mapped and then read.",
    .tags = {"coupled", "memory"},
    .kind = BH_FAULT,
    .flags = BH_SHARED_MAPPING,
    .ends = {{BH_END_RETURN, 0}},
    .setup = Setup,
    .prepare = Prepare,
    .act = Act,
    .watch = Watch,
};
