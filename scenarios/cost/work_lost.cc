// Four workers have the same amount of work; one of them crashes half way, by a real store through
// null.  How much work is never done, when the workers are threads of one process, and when each is
// a process?  Both sides are counted by the workers themselves, step by step, in memory that the
// victim shares with them and that outlives them.
//
// The store is volatile and its address opaque: no compiler can remove it.
//
// Runs in: unit, and processes that it forks and reaps.
#include <csignal>
#include <optional>

#include "scenarios/cost/measure.h"

namespace {

using bulkhead::plugin::Opaque;
using bulkhead::scenarios::kVictim;
using bulkhead::scenarios::MapAnonymous;
using bulkhead::scenarios::PartnerProcess;
using bulkhead::scenarios::Require;

constexpr std::size_t kWorkers = 4, kSamples = 12;
constexpr std::uint64_t kSteps = 200;

struct Ledger {
  std::atomic<std::uint32_t> ready{0};
  std::atomic<std::uint64_t> done[kWorkers]{};
};

Ledger* g_ledger = nullptr;
std::uint64_t g_threads[kSamples], g_processes[kSamples];
std::size_t g_taken = 0;

void Work(std::uintptr_t worker) {
  g_ledger->ready.fetch_add(1);
  while (g_ledger->ready.load() < kWorkers) sched_yield();
  for (std::uint64_t step = 0; step < kSteps; ++step) {
    if (worker == 0 && step == kSteps / 2) {
      volatile int* nowhere = Opaque(static_cast<int*>(nullptr));
      *nowhere = 1;
    }
    for (std::uint64_t i = 0; i < 200; ++i) Opaque(i);
    g_ledger->done[worker].fetch_add(1);
    sched_yield();  // so that all advance alike on however few processors
  }
}

void* WorkAsThread(void* worker) {
  Work(reinterpret_cast<std::uintptr_t>(worker));
  return nullptr;
}

void WorkAsProcess(void* worker) {
  signal(SIGSEGV, SIG_DFL);  // the harness's own handler belongs to its unit
  Work(reinterpret_cast<std::uintptr_t>(worker));
}

void WorkInThreads(void*) {
  signal(SIGSEGV, SIG_DFL);
  pthread_t threads[kWorkers];
  for (std::size_t worker = 0; worker < kWorkers; ++worker) {
    if (pthread_create(&threads[worker], nullptr, WorkAsThread, reinterpret_cast<void*>(worker)) !=
        0) {
      _exit(1);
    }
  }
  for (const pthread_t thread : threads) pthread_join(thread, nullptr);
}

void StartAfresh() {
  g_ledger->ready = 0;
  for (auto& done : g_ledger->done) done = 0;
}

std::uint64_t Lost() {
  std::uint64_t lost = kWorkers * kSteps;
  for (const auto& done : g_ledger->done) lost -= done.load();
  return lost;
}

std::uint64_t LostByThreads() {
  StartAfresh();
  { const PartnerProcess host(WorkInThreads, nullptr); }
  return Lost();
}

std::uint64_t LostByProcesses() {
  StartAfresh();
  {
    std::optional<PartnerProcess> workers[kWorkers];
    for (std::size_t worker = 0; worker < kWorkers; ++worker) {
      workers[worker].emplace(WorkAsProcess, reinterpret_cast<void*>(worker));
    }
  }
  return Lost();
}

void Prepare(bh_unit* unit) {
  if (unit->index != kVictim) return;
  g_ledger = new (MapAnonymous(sizeof(Ledger), PROT_READ | PROT_WRITE, MAP_SHARED)) Ledger;
}

void Act(bh_unit*) {
  const bulkhead::scenarios::Budget budget;
  for (g_taken = 0; g_taken < kSamples && budget.Allows(g_taken); ++g_taken) {
    g_threads[g_taken] = LostByThreads();
    g_processes[g_taken] = LostByProcesses();
  }
}

void Watch(bh_unit* unit) {
  if (unit->index != kVictim || g_taken == 0) return;
  bulkhead::plugin::Samples(unit, "threads", g_threads, g_taken);
  bulkhead::plugin::Samples(unit, "processes", g_processes, g_taken);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "work-lost",
    .summary =
        "Counts the steps of work lost when one of four workers crashes: threads, processes.",
    .tags = {"cost", "crash"},
    .kind = BH_MEASURE,
    .flags = BH_EXCLUSIVE,
    .ends = {{BH_END_RETURN, 0}},
    .prepare = Prepare,
    .act = Act,
    .watch = Watch,
};
