// Times a unit of CPU-bound work of the victim alone, beside a process that burns the same CPU, and
// beside one that burns another CPU if there is one.  The unit takes several time slices of the
// scheduler: a shorter one mostly runs in one slice, and its median would hide the hog.
//
// Runs in: unit.  Each hog is a child that is killed and reaped before the next sample.
#include "scenarios/cost/measure.h"

namespace {

namespace scenarios = bulkhead::scenarios;
using scenarios::kVictim;
using scenarios::Now;
using scenarios::Require;

constexpr std::size_t kRounds = 2;
constexpr std::uint64_t kTrialNs = 1'000'000, kWorkNs = 12'000'000;

std::uint64_t g_without[kRounds], g_with_hog[kRounds];
std::uint64_t g_hog_elsewhere = 0;  // 0 with one CPU
std::size_t g_taken = 0;            // 0 where nobody acted

class Hog {
 public:
  Hog(int cpu, std::atomic<bool>* running) : cpu_(cpu), running_(running), process_(Burn, this) {
    while (!running_->exchange(false)) sched_yield();
  }
  ~Hog() { Require(kill(process_.pid(), SIGKILL) == 0); }

 private:
  static void Burn(void* argument) {
    auto* self = static_cast<Hog*>(argument);
    scenarios::RunOnCpu(self->cpu_);
    self->running_->store(true);
    for (;;) scenarios::Work(1000);
  }

  int cpu_;
  std::atomic<bool>* running_;  // shared with the hog
  scenarios::PartnerProcess process_;
};

std::uint64_t Time(std::uint64_t steps) {
  const std::uint64_t start = Now();
  scenarios::Work(steps);
  return Now() - start;
}

// Steps that take about 12 ms of undisturbed CPU time: by the quickest of some tries.
std::uint64_t StepsOfWork() {
  constexpr std::uint64_t kBlock = 10'000;
  std::uint64_t most = 0;
  for (int attempt = 0; attempt < 3; ++attempt) {
    const std::uint64_t start = Now();
    std::uint64_t steps = 0;
    do {
      scenarios::Work(kBlock);
      steps += kBlock;
    } while (Now() - start < kTrialNs);
    most = steps > most ? steps : most;
  }
  return most * (kWorkNs / kTrialNs);
}

void Act(bh_unit*) {
  const int other_cpu = scenarios::AllowedCpu(1);
  const int cpu = scenarios::AllowedCpu(0);
  scenarios::Pinned pinned(cpu);
  auto* running = scenarios::SharedPage<std::atomic<bool>>();
  const std::uint64_t steps = StepsOfWork();
  for (std::size_t round = 0; round < kRounds; ++round) {
    if (round % 2 == 0) g_without[round] = Time(steps);
    {
      Hog hog(cpu, running);
      g_with_hog[round] = Time(steps);
    }
    if (round % 2 == 1) g_without[round] = Time(steps);
    g_taken = round + 1;
  }
  if (other_cpu >= 0) {
    Hog hog(other_cpu, running);
    g_hog_elsewhere = Time(steps);
  }
  munmap(running, 4096);
}

void Watch(bh_unit* unit) {
  if (unit->index != kVictim || g_taken == 0) return;
  bulkhead::plugin::Samples(unit, "without", g_without, g_taken);
  bulkhead::plugin::Samples(unit, "with-hog", g_with_hog, g_taken);
  bulkhead::plugin::Samples(unit, "hog-elsewhere", &g_hog_elsewhere, g_hog_elsewhere > 0 ? 1 : 0);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "hog",
    .summary = "Times 12 ms of work with and without a CPU-bound process beside it.",
    .tags = {"cost", "timing"},
    .kind = BH_MEASURE,
    .flags = BH_EXCLUSIVE,
    .ends = {{BH_END_RETURN, 0}},
    .act = Act,
    .watch = Watch,
};
