// Times a unit of CPU-bound work of the victim: alone, beside a process that burns the same CPU,
// beside one that does so in the scheduling class for idle time (sched(7), "SCHED_IDLE"), and
// beside one that burns another CPU if there is one.
//
// Runs in: unit.  Each hog is a child that is killed and reaped before the next sample.
#include "scenarios/cost/hog.h"

#include "scenarios/cost/interleaved.h"

namespace {

namespace scenarios = bulkhead::scenarios;
using scenarios::CpuWork;
using scenarios::Hog;
using scenarios::kOtherCpu;
using scenarios::kSameCpu;

CpuWork g_work;

std::uint64_t Without(int) {
  return scenarios::TimeOf([] { g_work.Do(); });
}

std::uint64_t WithHog(int cpu) {
  const Hog hog(cpu, {.burn = CpuWork::Burn});
  return Without(cpu);
}

void OnlyWhenIdle(pid_t hog, bool on) {
  const sched_param none{};
  // Back again is a privilege before Linux 2.6.39, or without RLIMIT_NICE: then it just ends
  // slower.
  scenarios::Require(sched_setscheduler(hog, on ? SCHED_IDLE : SCHED_OTHER, &none) == 0 || !on);
}

std::uint64_t WithLimitedHog(int cpu) {
  const Hog hog(cpu, {.burn = CpuWork::Burn, .limit = OnlyWhenIdle});
  return Without(cpu);
}

scenarios::Interleaved<4, 2> g_measured{{
    {"without", kSameCpu, Without},
    {"with-hog", kSameCpu, WithHog},
    {"with-limited-hog", kSameCpu, WithLimitedHog},
    {"hog-elsewhere", kOtherCpu, WithHog},
}};

void Act(bh_unit*) {
  g_work.Calibrate(12'000'000);
  g_measured.Measure();
}

void Watch(bh_unit* unit) { g_measured.Report(unit); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "hog",
    .summary = "Times 12 ms of work without and with a CPU-bound process beside it.",
    .tags = {"cost", "timing"},
    .kind = BH_MEASURE,
    .flags = BH_EXCLUSIVE,
    .ends = {{BH_END_RETURN, 0}},
    .act = Act,
    .watch = Watch,
};
