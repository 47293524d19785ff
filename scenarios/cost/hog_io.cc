// Times a few small writes of the victim, each forced to the disk, alone, beside a process that
// forces large ones to the same file system all the time, and beside one that does so in the
// input/output class for idle time (ioprio_set(2); only some disk schedulers heed it).
//
// The files lie in the scratch directory and have no name; each is written over and over within
// its bounds.  Where the directory is in memory the writes cost next to nothing, with a hog or not.
//
// Runs in: unit.  Each hog is a child that is killed and reaped before the next sample.
#include <fcntl.h>
#include <sys/stat.h>

#include <cstdio>

#include "scenarios/cost/hog.h"
#include "scenarios/cost/interleaved.h"

namespace {

namespace scenarios = bulkhead::scenarios;
using scenarios::Hog;
using scenarios::kOtherCpuIfAny;
using scenarios::kSameCpu;
using scenarios::kVictim;
using scenarios::Require;

constexpr std::size_t kBlock = 4096, kBlocks = 3;
constexpr std::size_t kPiece = 1 << 20, kPieces = 8;

int g_own = -1, g_hogs = -1;  // files
char g_bytes[kPiece];

void WriteThrough(int file, std::size_t bytes, std::size_t place) {
  const ssize_t wrote = pwrite(file, g_bytes, bytes, static_cast<off_t>(place * bytes));
  Require(wrote == static_cast<ssize_t>(bytes) && fdatasync(file) == 0);
}

// With all its blocks, so that what is written later changes no list of blocks.
int MakeFile(const char* whose, std::size_t bytes, std::size_t places) {
  char name[64];
  std::snprintf(name, sizeof(name), "hog-io-%s.%d", whose, static_cast<int>(getpid()));
  const int file = open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  Require(file >= 0);
  unlink(name);
  for (std::size_t place = 0; place < places; ++place) {
    Require(pwrite(file, g_bytes, bytes, static_cast<off_t>(place * bytes)) ==
            static_cast<ssize_t>(bytes));
  }
  Require(fsync(file) == 0);
  return file;
}

void Prepare(bh_unit* unit) {
  if (unit->index != kVictim || g_own >= 0) return;
  g_own = MakeFile("own", kBlock, kBlocks);
  g_hogs = MakeFile("hogs", kPiece, kPieces);
}

void WriteOn() {
  static std::size_t place = 0;
  WriteThrough(g_hogs, kPiece, place++ % kPieces);
}

std::uint64_t Without(int) {
  return scenarios::TimeOf([] {
    for (std::size_t place = 0; place < kBlocks; ++place) WriteThrough(g_own, kBlock, place);
  });
}

std::uint64_t WithHog(int cpu) {
  const Hog hog(cpu, {.burn = WriteOn});
  return Without(cpu);
}

// The constants are in <linux/ioprio.h>, which some systems do not have.
void OnlyWhenIdle(pid_t hog, bool on) {
  constexpr int kWhoProcess = 1, kClassNone = 0, kClassIdle = 3, kClassShift = 13;
  const int priority = (on ? kClassIdle : kClassNone) << kClassShift;
  Require(syscall(SYS_ioprio_set, kWhoProcess, hog, priority) == 0);
}

std::uint64_t WithLimitedHog(int cpu) {
  const Hog hog(cpu, {.burn = WriteOn, .limit = OnlyWhenIdle});
  return Without(cpu);
}

scenarios::Interleaved<3, 2> g_measured{{
    {"without", kSameCpu, Without},
    {"with-hog", kOtherCpuIfAny, WithHog},
    {"with-limited-hog", kOtherCpuIfAny, WithLimitedHog},
}};

void Act(bh_unit*) { g_measured.Measure(); }

void Watch(bh_unit* unit) { g_measured.Report(unit); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "hog-io",
    .summary = "Times 3 small writes to disk without and with a process that writes 1 MiB each.",
    .tags = {"cost", "timing"},
    .kind = BH_MEASURE,
    .flags = BH_EXCLUSIVE,
    .ends = {{BH_END_RETURN, 0}},
    .prepare = Prepare,
    .act = Act,
    .watch = Watch,
};
