// Times the making and ending of an empty unit by each way that Linux offers, in a parent that has
// touched a given amount of private memory.  A sample ends when the maker has reaped the unit.
//
//   thread        pthread_create, pthread_join
//   clone-vm      clone(CLONE_VM): a process in the parent's address space
//   vfork         clone(CLONE_VM | CLONE_VFORK): the same, and the parent waits; what vfork(2) does
//   process       fork
//   process-bare  fork while the memory is left out of it (madvise(2), MADV_DONTFORK)
//   spawn         posix_spawn of the smallest program at hand
//   fork-exec     fork, execve of the same
//   parent-mib    no time: the MiB that the parent had touched
//
// The program is `true`, with its dynamic loader as every ordinary program.  The memory has small
// pages (MADV_NOHUGEPAGE), as most memory has; with huge ones fork copies 512 times fewer entries.
// It is not written between samples: what the parent pays later for its first stores after a fork
// is not in them.
//
// Units end at once by themselves and are reaped at once; to ask for a parent-death signal would be
// a system call inside the sample.  System calls: nothing that a compiler could remove.
//
// Runs in: unit.
#ifndef BULKHEAD_SCENARIOS_COST_CREATION_H_
#define BULKHEAD_SCENARIOS_COST_CREATION_H_

#include <fcntl.h>
#include <spawn.h>

#include <algorithm>
#include <cstring>
#include <iterator>
#include <numeric>
#include <random>

#include "scenarios/cost/measure.h"

namespace bulkhead::scenarios {

// ---- One sample each, in nanoseconds.

inline void Reap(pid_t child) {
  Require(child > 0);
  while (waitpid(child, nullptr, 0) < 0) Require(errno == EINTR);
}

inline std::uint64_t TimeThread() {
  const std::uint64_t start = Now();
  pthread_t thread;
  Require(pthread_create(
              &thread, nullptr, [](void*) -> void* { return nullptr; }, nullptr) == 0);
  Require(pthread_join(thread, nullptr) == 0);
  return Now() - start;
}

inline std::uint64_t TimeFork() {
  const std::uint64_t start = Now();
  const pid_t child = fork();
  if (child == 0) _exit(0);
  Reap(child);
  return Now() - start;
}

// `flags` with CLONE_VM: the child needs a stack of its own, and touches nothing else.
inline std::uint64_t TimeClone(int flags) {
  constexpr std::size_t kStackBytes = 64 << 10;
  alignas(64) static unsigned char stack[kStackBytes];
  const std::uint64_t start = Now();
  Reap(clone([](void*) { return 0; }, stack + kStackBytes, flags | SIGCHLD, nullptr));
  return Now() - start;
}

// The smallest program that a system surely has; null if it has none.
inline const char* SmallestProgram() {
  for (const char* path : {"/bin/true", "/usr/bin/true"}) {
    if (access(path, X_OK) == 0) return path;
  }
  return nullptr;
}

inline void RequireProgram(bh_unit*) { Require(SmallestProgram() != nullptr); }

inline void ReapProgram(pid_t child) {
  Require(child > 0);
  int status = 0;
  while (waitpid(child, &status, 0) < 0) Require(errno == EINTR);
  Require(WIFEXITED(status) && WEXITSTATUS(status) == 0);  // it did run
}

inline std::uint64_t TimeSpawn(const char* program) {
  char* const nothing[] = {nullptr};
  char* const arguments[] = {const_cast<char*>(program), nullptr};
  const std::uint64_t start = Now();
  pid_t child = -1;
  Require(posix_spawn(&child, program, nullptr, nullptr, arguments, nothing) == 0);
  ReapProgram(child);
  return Now() - start;
}

inline std::uint64_t TimeForkExec(const char* program) {
  char* const nothing[] = {nullptr};
  char* const arguments[] = {const_cast<char*>(program), nullptr};
  const std::uint64_t start = Now();
  const pid_t child = fork();
  if (child == 0) {
    execve(program, arguments, nothing);
    _exit(1);
  }
  ReapProgram(child);
  return Now() - start;
}

// ---- The parent's memory.

// Private memory of small pages, all of them touched.
class ParentMemory {
 public:
  // Touches up to `mib`, but at most a quarter of what the machine has to give, and stops when a
  // slow machine has spent 2 s on it.
  explicit ParentMemory(std::size_t mib) : bytes_(std::min(mib, AvailableMib() / 4) << 20) {
    Require(bytes_ > 0);
    low_ = static_cast<unsigned char*>(
        MapAnonymous(bytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_NORESERVE));
    madvise(low_, bytes_, MADV_NOHUGEPAGE);  // EINVAL where there are no huge pages
    const std::uint64_t start = Now();
    while (touched_ < bytes_ && Now() - start < 2'000'000'000) {
      const std::size_t step = std::min(kStep, bytes_ - touched_);
      Touch(low_ + touched_, step);
      touched_ += step;
    }
    munmap(low_ + touched_, bytes_ - touched_);
  }
  ~ParentMemory() { munmap(low_, touched_); }
  ParentMemory(const ParentMemory&) = delete;
  ParentMemory& operator=(const ParentMemory&) = delete;

  void Copied(bool copied) const {
    Require(madvise(low_, touched_, copied ? MADV_DOFORK : MADV_DONTFORK) == 0);
  }
  std::uint64_t mib() const { return touched_ >> 20; }

 private:
  static constexpr std::size_t kStep = 16 << 20, kPageBytes = 4096;

  static void Touch(unsigned char* low, std::size_t bytes) {
#ifdef MADV_POPULATE_WRITE  // Linux 5.14: one call instead of a fault per page
    if (madvise(low, bytes, MADV_POPULATE_WRITE) == 0) return;
#endif
    for (std::size_t at = 0; at < bytes; at += kPageBytes) {
      *static_cast<volatile unsigned char*>(low + at) = 1;
    }
  }

  static std::size_t AvailableMib() {
    char text[512];
    const int descriptor = open("/proc/meminfo", O_RDONLY | O_CLOEXEC);
    Require(descriptor >= 0);
    const ssize_t got = read(descriptor, text, sizeof text - 1);
    close(descriptor);
    Require(got > 0);
    text[got] = '\0';
    const char* line = std::strstr(text, "MemAvailable:");
    Require(line != nullptr);
    return std::strtoull(line + std::strlen("MemAvailable:"), nullptr, 10) >> 10;
  }

  unsigned char* low_ = nullptr;
  std::size_t bytes_, touched_ = 0;
};

// ---- All ways in turn.

class Creation {
 public:
  // In a parent of `mib`; at most `rounds` samples of each way.
  Creation(std::size_t mib, std::size_t rounds) : mib_(mib), rounds_(rounds) {}

  void Measure(std::uint64_t seed) {
    Require(rounds_ <= kMostRounds);
    program_ = SmallestProgram();
    const ParentMemory memory(mib_);
    parent_mib_ = memory.mib();
    std::size_t order[kWays];
    std::iota(std::begin(order), std::end(order), std::size_t{0});
    memory.Copied(false);  // the warm-up needs no copies of it; nor is it counted
    for (const std::size_t way : order) Time(way, memory);
    memory.Copied(true);
    // What comes before a sample leaves its marks in the caches: no way may have a fixed place.
    std::minstd_rand random(static_cast<std::uint_fast32_t>(seed));
    const Budget budget;
    // Two rounds always: fewer than 30 pairs of 20 trials would decide nothing.
    for (std::size_t round = 0; round < rounds_ && (round < 2 || budget.Allows(round)); ++round) {
      std::shuffle(std::begin(order), std::end(order), random);
      for (const std::size_t way : order) samples_[way][round] = Time(way, memory);
      taken_ = round + 1;
    }
  }

  void Report(bh_unit* unit) const {
    if (unit->index != kVictim || taken_ == 0) return;
    for (std::size_t way = 0; way < kWays; ++way) {
      plugin::Samples(unit, kNames[way], samples_[way], taken_);
    }
    plugin::Samples(unit, "parent-mib", &parent_mib_, 1);
  }

 private:
  enum Way { kThread, kCloneVm, kVfork, kProcess, kBare, kSpawn, kForkExec, kWays };
  static constexpr const char* kNames[kWays] = {"thread",       "clone-vm", "vfork",    "process",
                                                "process-bare", "spawn",    "fork-exec"};
  static constexpr std::size_t kMostRounds = 20;

  std::uint64_t Time(std::size_t way, const ParentMemory& memory) const {
    switch (way) {
      case kThread:
        return TimeThread();
      case kCloneVm:
        return TimeClone(CLONE_VM);
      case kVfork:
        return TimeClone(CLONE_VM | CLONE_VFORK);
      case kBare: {
        memory.Copied(false);
        const std::uint64_t took = TimeFork();
        memory.Copied(true);
        return took;
      }
      case kSpawn:
        return TimeSpawn(program_);
      case kForkExec:
        return TimeForkExec(program_);
      default:
        return TimeFork();
    }
  }

  std::size_t mib_, rounds_;
  const char* program_ = nullptr;
  std::uint64_t samples_[kWays][kMostRounds], parent_mib_ = 0;
  std::size_t taken_ = 0;  // 0 where nobody acted
};

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_COST_CREATION_H_
