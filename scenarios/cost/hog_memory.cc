// Times a unit of memory-bound work of the victim, which reads a buffer much larger than the caches
// of one core from end to end, alone and beside a process that writes another such buffer from
// another CPU all the time.  Both go by library calls that wait for little but memory.  What is
// taken is the victim's CPU time, in which waiting for memory counts and for a turn does not.
//
// A buffer is twice the last-level cache as far as 32 MiB allow.  A larger cache, as in servers,
// where it is shared by many cores, then takes part in what the two compete for.  Nothing that a
// process may set on itself limits its bandwidth, so there is no series with a limited hog.
//
// Runs in: unit.  With one CPU the hog runs in between, and only what it leaves in the caches
// counts.
#include <algorithm>
#include <cstring>

#include "scenarios/cost/hog.h"
#include "scenarios/cost/interleaved.h"

namespace {

namespace scenarios = bulkhead::scenarios;
using scenarios::Hog;
using scenarios::kOtherCpuIfAny;
using scenarios::kSameCpu;
using scenarios::kVictim;
using scenarios::Require;

constexpr std::uint64_t kWorkNs = 12'000'000;
constexpr std::size_t kPiece = 1 << 20;

char* g_own = nullptr;   // read by the victim: all zero
char* g_hogs = nullptr;  // shared with the hog
std::size_t g_bytes = 0;
std::size_t g_passes = 1;

// Whole pieces.
std::size_t BufferBytes() {
  const long cache = sysconf(_SC_LEVEL3_CACHE_SIZE);  // 0 or -1: not known
  const auto wanted = 2 * static_cast<std::size_t>(std::max(cache, 0l));
  return std::clamp<std::size_t>(wanted / kPiece, 16, 32) * kPiece;
}

char* Filled(int sharing) {
  void* buffer = scenarios::MapAnonymous(g_bytes, PROT_READ | PROT_WRITE, sharing);
  (void)madvise(buffer, g_bytes, MADV_HUGEPAGE);  // fewer faults, where it is known
  std::memset(buffer, 0, g_bytes);
  return static_cast<char*>(buffer);
}

void Prepare(bh_unit* unit) {
  if (unit->index != kVictim || g_own != nullptr) return;
  g_bytes = BufferBytes();
  g_own = Filled(MAP_PRIVATE);
  g_hogs = Filled(MAP_SHARED);
}

void ReadAll() {
  for (std::size_t pass = 0; pass < g_passes; ++pass) {
    Require(std::memchr(bulkhead::plugin::Opaque(g_own), 1, g_bytes) == nullptr);
  }
}

// A piece at a time, so that it says soon that it works.
void WriteOn() {
  static std::size_t at = 0;
  std::memset(bulkhead::plugin::Opaque(g_hogs) + at, 1, kPiece);
  at = (at + kPiece) % g_bytes;
}

std::uint64_t Without(int) { return scenarios::TimeOf(ReadAll, CLOCK_THREAD_CPUTIME_ID); }

std::uint64_t WithHog(int cpu) {
  const Hog hog(cpu, {.burn = WriteOn});
  return Without(cpu);
}

scenarios::Interleaved<2, 2> g_measured{{
    {"without", kSameCpu, Without},
    {"with-hog", kOtherCpuIfAny, WithHog},
}};

void Act(bh_unit*) {
  g_passes = 1;
  const std::uint64_t one = std::min(Without(0), Without(0));
  g_passes = std::max<std::size_t>(1, kWorkNs / std::max<std::uint64_t>(one, 1));
  g_measured.Measure();
}

void Watch(bh_unit* unit) { g_measured.Report(unit); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "hog-memory",
    .summary = "Times 12 ms of reading memory without and with a process that writes memory.",
    .tags = {"cost", "timing"},
    .kind = BH_MEASURE,
    .flags = BH_EXCLUSIVE,
    .ends = {{BH_END_RETURN, 0}},
    .prepare = Prepare,
    .act = Act,
    .watch = Watch,
};
