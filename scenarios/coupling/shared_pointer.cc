// Units share a mapping that says where in it their data lie.  The victim scribbles over the
// mapping; each bystander then follows what it finds there to an address that no process may have.
//
// The mapping outlives the trial: the victim writes it anew in `prepare`.  The words are volatile:
// every load and store happens.
//
// Runs in: unit.
#include "scenarios/common.h"

namespace {

using bulkhead::scenarios::kVictim;

constexpr std::size_t kWords = 512;
constexpr std::uint64_t kStart = 256;  // where the data lie: a number of a word
// As an offset it leads into the unusable middle of a 64-bit address space.
constexpr std::uint64_t kGarbage = 0x0b4d0b4d0b4d0b4d;

volatile std::uint64_t* g_shared;

void Setup(bh_unit*) {
  g_shared = static_cast<volatile std::uint64_t*>(bulkhead::scenarios::MapAnonymous(
      kWords * sizeof(std::uint64_t), PROT_READ | PROT_WRITE, MAP_SHARED));
  g_shared[0] = kStart;
}

void Prepare(bh_unit* unit) {
  if (unit->index != kVictim) return;
  for (std::size_t i = 0; i < kWords; ++i) g_shared[i] = kStart;
}

void Act(bh_unit*) {
  for (std::size_t i = 0; i < kWords; ++i) g_shared[i] = kGarbage;
}

BH_KEEP void Follow() { (void)g_shared[g_shared[0]]; }

void Watch(bh_unit* unit) {
  if (unit->index != kVictim) Follow();
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "shared-pointer",
    .summary = "Scribbles over shared memory from which the bystanders take an address.",
    .tags = {"coupled", "memory"},
    .kind = BH_FAULT,
    .flags = BH_SHARED_MAPPING,
    .ends = {{BH_END_RETURN, 0}},
    .setup = Setup,
    .prepare = Prepare,
    .act = Act,
    .watch = Watch,
};
