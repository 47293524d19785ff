// Measures what each of 1 to 100 idle units adds to memory, as processes and as threads.  Counted
// are pages that nobody else maps (Private_* of smaps_rollup) and page tables (VmPTE).  A sum of
// proportional set sizes would be wrong here: pages that the zygote shares with all units it has
// forked would be dealt out anew whenever a unit is added.
//
// The threads' stacks are mapped afresh for each group: glibc keeps used stacks with their pages,
// and a second group would seem to cost nothing.
//
// Runs in: unit.
#include <fcntl.h>

#include <cstdio>
#include <cstring>

#include "scenarios/cost/measure.h"

namespace {

namespace scenarios = bulkhead::scenarios;
using scenarios::kVictim;
using scenarios::Require;

constexpr std::size_t kGroups[] = {1, 2, 5, 10, 20, 50, 100};
constexpr std::size_t kSizes = std::size(kGroups);
constexpr std::size_t kMostMembers = 100;
constexpr std::size_t kStackBytes = 8 << 20;  // what glibc gives a thread on a stock system

std::uint64_t g_process[kSizes];
std::uint64_t g_thread[kSizes];
bool g_measured = false;  // false where nobody acted

struct Meeting {
  scenarios::Turn leave;
  std::atomic<std::uint32_t> present{0};
};

// The unit: arrives, and idles until all may leave.
void Idle(void* argument) {
  auto* meeting = static_cast<Meeting*>(argument);
  meeting->present.fetch_add(1);
  meeting->leave.AwaitOtherThan(0);
}
void* IdleThread(void* argument) {
  Idle(argument);
  return nullptr;
}

std::uint64_t KibField(const char* text, const char* name) {
  const char* field = std::strstr(text, name);
  Require(field != nullptr);
  std::uint64_t value = 0;
  for (field += std::strlen(name); *field == ' ' || *field == '\t'; ++field) {
  }
  for (; *field >= '0' && *field <= '9'; ++field) {
    value = value * 10 + static_cast<std::uint64_t>(*field - '0');
  }
  return value;
}

const char* ProcText(pid_t pid, const char* file) {
  static char text[8192];
  char path[64];
  std::snprintf(path, sizeof path, "/proc/%d/%s", static_cast<int>(pid), file);
  const int descriptor = open(path, O_RDONLY | O_CLOEXEC);
  Require(descriptor >= 0);
  std::size_t used = 0;
  ssize_t got;
  while ((got = read(descriptor, text + used, sizeof text - 1 - used)) > 0) {
    used += static_cast<std::size_t>(got);
  }
  text[used] = '\0';
  close(descriptor);
  return text;
}

std::uint64_t OwnBytes(pid_t pid) {
  const char* pages = ProcText(pid, "smaps_rollup");
  std::uint64_t kib = KibField(pages, "\nPrivate_Clean:") + KibField(pages, "\nPrivate_Dirty:");
  kib += KibField(ProcText(pid, "status"), "\nVmPTE:");
  return kib * 1024;
}

void AwaitMembers(const Meeting& meeting, std::size_t members) {
  while (meeting.present.load() < members) sched_yield();
}

void Dismiss(Meeting* meeting, std::size_t members) {
  for (std::size_t i = 0; i < members; ++i) meeting->leave.Give(1);
}

std::uint64_t PerProcess(std::size_t members) {
  alignas(scenarios::PartnerProcess) static unsigned char
      storage[kMostMembers][sizeof(scenarios::PartnerProcess)];
  scenarios::PartnerProcess* processes[kMostMembers];
  Meeting* meeting = scenarios::SharedPage<Meeting>();
  for (std::size_t i = 0; i < members; ++i) {
    processes[i] = new (storage[i]) scenarios::PartnerProcess(Idle, meeting);
  }
  AwaitMembers(*meeting, members);
  std::uint64_t bytes = 0;
  for (std::size_t i = 0; i < members; ++i) bytes += OwnBytes(processes[i]->pid());
  Dismiss(meeting, members);
  for (std::size_t i = 0; i < members; ++i) processes[i]->~PartnerProcess();
  munmap(meeting, 4096);
  return bytes / members;
}

std::uint64_t PerThread(std::size_t members) {
  pthread_t threads[kMostMembers];
  void* stacks[kMostMembers];
  Meeting* meeting = scenarios::SharedPage<Meeting>();
  const std::uint64_t before = OwnBytes(getpid());
  for (std::size_t i = 0; i < members; ++i) {
    stacks[i] = scenarios::MapAnonymous(kStackBytes, PROT_READ | PROT_WRITE,
                                        MAP_PRIVATE | MAP_NORESERVE | MAP_STACK);
    pthread_attr_t attributes;
    Require(pthread_attr_init(&attributes) == 0);
    Require(pthread_attr_setstack(&attributes, stacks[i], kStackBytes) == 0);
    Require(pthread_create(&threads[i], &attributes, IdleThread, meeting) == 0);
    pthread_attr_destroy(&attributes);
  }
  AwaitMembers(*meeting, members);
  const std::uint64_t after = OwnBytes(getpid());
  Dismiss(meeting, members);
  for (std::size_t i = 0; i < members; ++i) {
    Require(pthread_join(threads[i], nullptr) == 0);
    munmap(stacks[i], kStackBytes);
  }
  munmap(meeting, 4096);
  return after > before ? (after - before) / members : 0;
}

void Act(bh_unit*) {
  PerProcess(2);  // not counted: first use touches pages of the victim itself
  PerThread(2);
  for (std::size_t i = 0; i < kSizes; ++i) {
    if (i % 2 == 0) g_thread[i] = PerThread(kGroups[i]);
    g_process[i] = PerProcess(kGroups[i]);
    if (i % 2 == 1) g_thread[i] = PerThread(kGroups[i]);
  }
  g_measured = true;
}

void Watch(bh_unit* unit) {
  if (unit->index != kVictim || !g_measured) return;
  bulkhead::plugin::Samples(unit, "process", g_process, kSizes);
  bulkhead::plugin::Samples(unit, "thread", g_thread, kSizes);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "unit-memory",
    .summary = "Measures private pages and page tables in bytes per idle process and per thread.",
    .tags = {"cost", "memory"},
    .kind = BH_MEASURE,
    .flags = BH_EXCLUSIVE,
    .ends = {{BH_END_RETURN, 0}},
    .act = Act,
    .watch = Watch,
};
