// What measurements share: a clock, CPUs to run on, partners that are made and ended within one
// sample (a process or a thread that runs the same function), and taking turns through a futex.
//
// A partner process leaves with its maker's thread (PR_SET_PDEATHSIG) and is always reaped; its
// function must be async-signal-safe.  Turns are system calls and volatile-like atomics: nothing
// that a compiler could remove.
//
// Runs in: unit.
#ifndef BULKHEAD_SCENARIOS_COST_MEASURE_H_
#define BULKHEAD_SCENARIOS_COST_MEASURE_H_

#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <new>

#include "scenarios/common.h"

namespace bulkhead::scenarios {

inline std::uint64_t Now() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000 +
         static_cast<std::uint64_t>(now.tv_nsec);
}

// How long an act may go on taking samples: on a busy machine it takes fewer, but always one.
class Budget {
 public:
  bool Allows(std::size_t next) const { return next == 0 || Now() - start_ < 100'000'000; }

 private:
  std::uint64_t start_ = Now();
};

// ---- Where to run.

// The `place`-th CPU (0, 1 ...) that this thread may use, or -1.
inline int AllowedCpu(int place) {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) != 0) return -1;
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (CPU_ISSET(cpu, &set) && place-- == 0) return cpu;
  }
  return -1;
}

inline void RunOnCpu(int cpu) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(cpu, &set);
  Require(sched_setaffinity(0, sizeof set, &set) == 0);
}

// The calling thread and what it starts stay on one CPU while this lives.
class Pinned {
 public:
  explicit Pinned(int cpu) {
    Require(sched_getaffinity(0, sizeof before_, &before_) == 0);
    RunOnCpu(cpu);
  }
  ~Pinned() { sched_setaffinity(0, sizeof before_, &before_); }
  Pinned(const Pinned&) = delete;
  Pinned& operator=(const Pinned&) = delete;

 private:
  cpu_set_t before_;
};

// `prepare` of what cannot be measured on one CPU.
inline void RequireTwoCpus(bh_unit*) { Require(AllowedCpu(1) >= 0); }

// ---- Partners.

using Duty = void (*)(void*);

class PartnerProcess {
 public:
  PartnerProcess(Duty duty, void* argument) {
    const pid_t maker = getpid();
    child_ = fork();
    Require(child_ >= 0);
    if (child_ > 0) return;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() == maker) duty(argument);
    _exit(0);
  }
  ~PartnerProcess() { Await(); }
  PartnerProcess(const PartnerProcess&) = delete;
  PartnerProcess& operator=(const PartnerProcess&) = delete;

  pid_t pid() const { return child_; }

  // How it ended, as waitpid says.
  int Await() {
    while (!reaped_) {
      reaped_ = waitpid(child_, &status_, 0) == child_;
      Require(reaped_ || errno == EINTR);
    }
    return status_;
  }

 private:
  pid_t child_ = -1;
  int status_ = 0;
  bool reaped_ = false;
};

class PartnerThread {
 public:
  PartnerThread(Duty duty, void* argument) : duty_(duty), argument_(argument) {
    Require(pthread_create(&thread_, nullptr, Run, this) == 0);
  }
  ~PartnerThread() { Require(pthread_join(thread_, nullptr) == 0); }
  PartnerThread(const PartnerThread&) = delete;
  PartnerThread& operator=(const PartnerThread&) = delete;

 private:
  static void* Run(void* self) {
    const auto* partner = static_cast<PartnerThread*>(self);
    partner->duty_(partner->argument_);
    return nullptr;
  }

  Duty duty_;
  void* argument_;
  pthread_t thread_;
};

// ---- Taking turns.

// A word that two units wait on.  In a shared mapping (`sharing` 0) it serves processes and
// threads by the same path through the kernel; in plain memory threads may use FUTEX_PRIVATE_FLAG.
class Turn {
 public:
  explicit Turn(int sharing = 0) : sharing_(sharing) {}

  void Give(std::uint32_t to) {
    word_.store(to, std::memory_order_release);
    syscall(SYS_futex, &word_, FUTEX_WAKE | sharing_, 1, nullptr, nullptr, 0);
  }
  // Until the word is another than `other`; returns it.
  std::uint32_t AwaitOtherThan(std::uint32_t other) {
    std::uint32_t now;
    while ((now = word_.load(std::memory_order_acquire)) == other) {
      syscall(SYS_futex, &word_, FUTEX_WAIT | sharing_, now, nullptr, nullptr, 0);
    }
    return now;
  }

 private:
  std::atomic<std::uint32_t> word_{0};
  int sharing_;
};

// A page that this process shares with the children it forks from now on; lives as long as it.
template <typename T>
T* SharedPage() {
  static_assert(sizeof(T) <= 4096);
  return new (MapAnonymous(4096, PROT_READ | PROT_WRITE, MAP_SHARED)) T;
}

// ---- Work.

// A chain in which each step needs the one before: it keeps one CPU busy and waits for no memory,
// and not even a second hardware thread of the same core slows it much.
inline std::uint64_t Work(std::uint64_t steps) {
  std::uint64_t value = steps;
  for (std::uint64_t step = 0; step < steps; ++step) {
    value = plugin::Opaque(value * 6364136223846793005u + 1442695040888963407u);
  }
  return value;
}

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_COST_MEASURE_H_
