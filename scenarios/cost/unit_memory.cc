// Measures what each of 1 to 100 idle units adds to memory, as processes and as threads: pages and
// page tables of its own.  What the kernel needs besides is in unit-memory-1000.
//
// Runs in: unit.
#include "scenarios/cost/unit_group.h"

namespace {

namespace scenarios = bulkhead::scenarios;
using scenarios::kVictim;

constexpr std::size_t kGroups[] = {1, 2, 5, 10, 20, 50, 100};
constexpr std::size_t kSizes = std::size(kGroups);

std::uint64_t g_process[kSizes];
std::uint64_t g_thread[kSizes];
bool g_measured = false;  // false where nobody acted

template <typename Group>
std::uint64_t PerMember(std::size_t members) {
  Group group;
  group.GrowTo(members);
  return group.Added() / members;
}

void Act(bh_unit*) {
  PerMember<scenarios::ProcessGroup>(2);  // not counted: first use touches pages of the victim
  PerMember<scenarios::ThreadGroup>(2);
  for (std::size_t i = 0; i < kSizes; ++i) {
    if (i % 2 == 0) g_thread[i] = PerMember<scenarios::ThreadGroup>(kGroups[i]);
    g_process[i] = PerMember<scenarios::ProcessGroup>(kGroups[i]);
    if (i % 2 == 1) g_thread[i] = PerMember<scenarios::ThreadGroup>(kGroups[i]);
  }
  g_measured = true;
}

void Watch(bh_unit* unit) {
  if (unit->index != kVictim || !g_measured) return;
  bulkhead::plugin::Samples(unit, "process", g_process, kSizes);
  bulkhead::plugin::Samples(unit, "thread", g_thread, kSizes);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "unit-memory",
    .summary = "Measures private pages and page tables in bytes per idle process and per thread.",
    .tags = {"cost", "memory"},
    .kind = BH_MEASURE,
    .flags = BH_EXCLUSIVE,
    .ends = {{BH_END_RETURN, 0}},
    .act = Act,
    .watch = Watch,
};
