// Times the making and ending of an empty thread and of an empty process, pair by pair, in a small
// parent; which of the two goes first alternates.  System calls: nothing that a compiler could
// remove.
//
// Runs in: unit.
#include "scenarios/cost/creation.h"

namespace {

using bulkhead::scenarios::kVictim;
using bulkhead::scenarios::TimeFork;
using bulkhead::scenarios::TimeThread;

constexpr std::size_t kPairs = 200;

std::uint64_t g_thread[kPairs];
std::uint64_t g_process[kPairs];
bool g_measured = false;  // false where nobody acted

void Act(bh_unit*) {
  for (std::size_t pair = 0; pair < kPairs; ++pair) {
    if (pair % 2 == 0) g_thread[pair] = TimeThread();
    g_process[pair] = TimeFork();
    if (pair % 2 == 1) g_thread[pair] = TimeThread();
  }
  g_measured = true;
}

void Watch(bh_unit* unit) {
  if (unit->index != kVictim || !g_measured) return;
  bulkhead::plugin::Samples(unit, "thread", g_thread, kPairs);
  bulkhead::plugin::Samples(unit, "process", g_process, kPairs);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "process-creation",
    .summary = "Times pthread_create + pthread_join against fork + _exit + waitpid.",
    .tags = {"cost"},
    .kind = BH_MEASURE,
    .flags = BH_EXCLUSIVE,
    .ends = {{BH_END_RETURN, 0}},
    .act = Act,
    .watch = Watch,
};
