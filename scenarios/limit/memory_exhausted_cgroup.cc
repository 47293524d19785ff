// Stores to one page of memory after the other until its cgroup may hold no more: the kernel's
// out-of-memory killer ends the process by SIGKILL.  The store is volatile.
//
// Without such a limit, or where the pages can be swapped out, the act returns at 512 MiB, and the
// trial does not count.  Should the machine itself run short before, the killer is to choose this
// process: it offers itself (proc(5), oom_score_adj).
//
// Runs in: unit.
#include <fcntl.h>
#include <unistd.h>

#include <csignal>

#include "scenarios/common.h"

namespace {

using bulkhead::scenarios::Require;

constexpr std::size_t kMostBytes = 512 << 20;
constexpr std::size_t kPage = 4096;

void Prepare(bh_unit* unit) {
  if (unit->index != bulkhead::scenarios::kVictim) return;
  const int file = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
  Require(file >= 0 && write(file, "1000", 4) == 4);
  close(file);
}

void Act(bh_unit*) {
  auto* memory = static_cast<volatile char*>(bulkhead::scenarios::MapAnonymous(
      kMostBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_NORESERVE));
  for (std::size_t offset = 0; offset < kMostBytes; offset += kPage) memory[offset] = 1;
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "memory-exhausted-cgroup",
    .summary = "Stores to fresh memory until its cgroup may hold no more.",
    .tags = {"limit", "cgroup", "memory", "oom"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGKILL}},
    .needs = {"memory-limit"},
    .prepare = Prepare,
    .act = Act,
};
