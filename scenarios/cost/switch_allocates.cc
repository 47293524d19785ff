// Counts what 1,000 turns between two processes on one CPU cost in memory: page faults of the two
// (one for each page that a process gets), and pages that the kernel hands out for whatever purpose
// on the whole machine (pgalloc_* of /proc/vmstat, an upper bound that others add to).  The
// switches are counted by the kernel, too.  One warm-up batch is not counted: it touches what the
// loop itself needs.
//
// Runs in: unit.
#include <fcntl.h>
#include <sys/resource.h>

#include <cstring>

#include "scenarios/cost/measure.h"

namespace {

namespace scenarios = bulkhead::scenarios;
using scenarios::kVictim;
using scenarios::Require;

constexpr std::size_t kBatches = 12;
constexpr int kRounds = 500;  // two switches each
constexpr std::uint32_t kMine = 0, kPlay = 1, kTell = 2, kLeave = 3;

std::uint64_t g_faults[kBatches], g_pages[kBatches], g_switches[kBatches];
std::size_t g_taken = 0;  // 0 where nobody acted

struct Counts {
  std::uint64_t faults = 0, switches = 0;
};

struct Table {
  scenarios::Turn turn;
  Counts partner;
};

Counts OwnCounts() {
  rusage usage;
  Require(getrusage(RUSAGE_THREAD, &usage) == 0);
  return {static_cast<std::uint64_t>(usage.ru_minflt + usage.ru_majflt),
          static_cast<std::uint64_t>(usage.ru_nvcsw + usage.ru_nivcsw)};
}

void Play(void* argument) {
  auto* table = static_cast<Table*>(argument);
  for (;;) {
    const std::uint32_t order = table->turn.AwaitOtherThan(kMine);
    if (order == kLeave) return;
    if (order == kTell) table->partner = OwnCounts();
    table->turn.Give(kMine);
  }
}

void Ask(Table* table, std::uint32_t order) {
  table->turn.Give(order);
  table->turn.AwaitOtherThan(order);
}

std::uint64_t PagesHandedOut(int vmstat) {
  static char text[16384];
  const ssize_t bytes = pread(vmstat, text, sizeof text - 1, 0);
  Require(bytes > 0);
  text[bytes] = '\0';
  std::uint64_t pages = 0;
  for (const char* line = text; (line = std::strstr(line, "\npgalloc_")) != nullptr;) {
    std::uint64_t zone = 0;
    for (line = std::strchr(line, ' ') + 1; *line >= '0' && *line <= '9'; ++line) {
      zone = zone * 10 + static_cast<std::uint64_t>(*line - '0');
    }
    pages += zone;
  }
  return pages;
}

Counts Both(Table* table) {
  Ask(table, kTell);
  const Counts own = OwnCounts();
  return {own.faults + table->partner.faults, own.switches + table->partner.switches};
}

void Act(bh_unit*) {
  scenarios::Pinned pinned(scenarios::AllowedCpu(0));
  Table* table = scenarios::SharedPage<Table>();
  const int vmstat = open("/proc/vmstat", O_RDONLY | O_CLOEXEC);
  Require(vmstat >= 0);
  {
    scenarios::PartnerProcess partner(Play, table);
    const scenarios::Budget budget;
    for (std::size_t batch = 0; batch <= kBatches && budget.Allows(g_taken); ++batch) {
      const Counts before = Both(table);
      const std::uint64_t pages = PagesHandedOut(vmstat);
      for (int round = 0; round < kRounds; ++round) Ask(table, kPlay);
      const std::uint64_t pages_now = PagesHandedOut(vmstat);
      const Counts after = Both(table);
      if (batch == 0) continue;
      g_faults[batch - 1] = after.faults - before.faults;
      g_pages[batch - 1] = pages_now - pages;
      g_switches[batch - 1] = after.switches - before.switches;
      g_taken = batch;
    }
    table->turn.Give(kLeave);
  }
  close(vmstat);
  munmap(table, 4096);
}

void Watch(bh_unit* unit) {
  if (unit->index != kVictim || g_taken == 0) return;
  bulkhead::plugin::Samples(unit, "faults", g_faults, g_taken);
  bulkhead::plugin::Samples(unit, "pages", g_pages, g_taken);
  bulkhead::plugin::Samples(unit, "switches", g_switches, g_taken);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "switch-allocates",
    .summary = "Counts page faults, pages handed out and switches in 500 rounds of two processes.",
    .tags = {"cost", "switch"},
    .kind = BH_MEASURE,
    .flags = BH_EXCLUSIVE,
    .ends = {{BH_END_RETURN, 0}},
    .act = Act,
    .watch = Watch,
};
