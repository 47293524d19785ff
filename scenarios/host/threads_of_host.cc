// Each unit is a process with threads on a host of its own.  The victim starts threads of which
// each writes its token into the process's plain global.  Every unit then asks the kernel of each
// of its threads on which host it is, and looks at that global: a thread that is elsewhere than its
// process, or a store that came from another host's thread, would refute that threads are local.
// The victim also asks the kernel for a thread in a PID namespace of its own, which must be refused
// (clone(2), EINVAL).
//
// System calls and volatile words: nothing that a compiler could remove.
//
// Runs in: unit.
#include <dirent.h>
#include <sched.h>
#include <sys/stat.h>

#include <cstring>
#include <string>

#include "scenarios/cost/measure.h"

namespace {

using bulkhead::plugin::Gone;
using bulkhead::plugin::Reading;
using bulkhead::scenarios::kVictim;
using bulkhead::scenarios::Require;

constexpr int kThreads = 3;

volatile std::uint64_t g_plain = 0;
std::atomic<int> g_arrived{0};
bool g_thread_left = false;

// Which network namespace that task is in.
ino_t HostOf(const std::string& task) {
  struct stat host {};
  Require(stat(("/proc/self/task/" + task + "/ns/net").c_str(), &host) == 0);
  return host.st_ino;
}

void* StoreAndStay(void* token) {
  g_plain = *static_cast<std::uint64_t*>(token);
  g_arrived.fetch_add(1);
  for (;;) pause();
}

// A thread that moves to another host on its own: only the positive control wants one.
void* Leave(void*) {
  Require(unshare(CLONE_NEWNET) == 0);
  g_arrived.fetch_add(1);
  for (;;) pause();
}

void Start(void* (*body)(void*), void* argument) {
  pthread_t thread;
  Require(pthread_create(&thread, nullptr, body, argument) == 0);
  pthread_detach(thread);
}

void AwaitArrival(int count) {
  while (g_arrived.load() < count) sched_yield();
}

void Prepare(bh_unit* unit) { g_plain = unit->token; }

void Act(bh_unit* unit) {
  static std::uint64_t token;
  token = unit->token;
  for (int i = 0; i < kThreads; ++i) Start(StoreAndStay, &token);
  AwaitArrival(kThreads);
  // Refused before anything is made of the other arguments.
  const long made = syscall(SYS_clone, CLONE_THREAD | CLONE_SIGHAND | CLONE_VM | CLONE_NEWPID,
                            nullptr, nullptr, nullptr, nullptr);
  g_thread_left = made >= 0 || errno != EINVAL;
}

bool AllAreHere() {
  const ino_t here = HostOf(std::to_string(getpid()));
  DIR* tasks = opendir("/proc/self/task");
  Require(tasks != nullptr);
  bool all = true;
  while (const dirent* task = readdir(tasks)) {
    if (task->d_name[0] != '.') all = all && HostOf(task->d_name) == here;
  }
  closedir(tasks);
  return all;
}

void Watch(bh_unit* unit) {
  Reading(unit, "plain", g_plain);
  if (AllAreHere() && !g_thread_left) {
    Reading(unit, "threads", unit->token);
  } else {
    Gone(unit, "threads");
  }
}

void Hit(bh_unit*, std::uint64_t foreign) {
  g_plain = foreign;
  Start(Leave, nullptr);
  AwaitArrival(1);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "threads-of-host",
    .summary = "Threads of processes on different hosts: where they are, and what they reach.",
    .tags = {"host", "thread"},
    .kind = BH_PROBE,
    .ends = {{BH_END_RETURN, 0}},
    .needs = {"hosts"},
    .prepare = Prepare,
    .act = Act,
    .watch = Watch,
    .hit = Hit,
};
