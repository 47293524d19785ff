// Groups of units that are alive at the same time, processes or threads, and the memory that they
// add.  A unit may have a task to do first; then it is present, and idles until all may leave.
//
// Counted are pages that nobody else maps (Private_* of smaps_rollup) and page tables (VmPTE).  A
// sum of proportional set sizes would be wrong here: pages that the zygote shares with all units it
// has forked would be dealt out anew whenever a unit is added.
//
// The threads' stacks are mapped afresh for each group, with a guard page as glibc has it: glibc
// keeps used stacks with their pages, and a second group would seem to cost nothing.
//
// Runs in: unit.
#ifndef BULKHEAD_SCENARIOS_COST_UNIT_GROUP_H_
#define BULKHEAD_SCENARIOS_COST_UNIT_GROUP_H_

#include <fcntl.h>

#include <cstdio>
#include <cstring>
#include <optional>

#include "scenarios/cost/measure.h"

namespace bulkhead::scenarios {

inline constexpr std::size_t kMostMembers = 1000;

// ---- What /proc says.

// The number after `name`, which is looked for with the line's end before it.
inline std::uint64_t Field(const char* text, const char* name) {
  const char* field = std::strstr(text, name);
  Require(field != nullptr);
  return std::strtoull(field + std::strlen(name), nullptr, 10);
}

// Overwritten by the next call.
inline const char* FileText(const char* path) {
  static char text[8192];
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

inline std::uint64_t OwnBytes(pid_t pid) {
  char path[64];
  std::snprintf(path, sizeof path, "/proc/%d/smaps_rollup", static_cast<int>(pid));
  const char* pages = FileText(path);
  std::uint64_t kib = Field(pages, "\nPrivate_Clean:") + Field(pages, "\nPrivate_Dirty:");
  std::snprintf(path, sizeof path, "/proc/%d/status", static_cast<int>(pid));
  kib += Field(FileText(path), "\nVmPTE:");
  return kib * 1024;
}

// ---- Members.

// Where the members of one group meet; in memory that processes share.
struct Meeting {
  Turn leave;
  std::atomic<std::uint32_t> begun{0}, present{0};
  void (*task)(std::uint32_t member) = nullptr;
};

inline void Attend(void* argument) {
  auto* meeting = static_cast<Meeting*>(argument);
  const std::uint32_t member = meeting->begun.fetch_add(1);
  if (meeting->task != nullptr) meeting->task(member);
  meeting->present.fetch_add(1);
  meeting->leave.AwaitOtherThan(0);
}

// What both kinds of group are.  `Members` knows how to make one more and how to end it.
template <typename Members>
class Group {
 public:
  explicit Group(void (*task)(std::uint32_t) = nullptr) : meeting_(SharedPage<Meeting>()) {
    meeting_->task = task;
  }
  ~Group() {
    for (std::size_t i = 0; i < size_; ++i) meeting_->leave.Give(1);
    for (std::size_t i = 0; i < size_; ++i) members_.End(i);
    munmap(meeting_, 4096);
  }
  Group(const Group&) = delete;
  Group& operator=(const Group&) = delete;

  // Returns when all are present.
  void GrowTo(std::size_t size) {
    Require(size <= kMostMembers);
    for (; size_ < size; ++size_) members_.Make(size_, meeting_);
    while (meeting_->present.load() < size_) sched_yield();
  }

  // Bytes that the members have added who came since the last call.
  std::uint64_t Added() {
    const std::uint64_t added = members_.Added(counted_, size_);
    counted_ = size_;
    return added;
  }

 private:
  Meeting* meeting_;
  Members members_;
  std::size_t size_ = 0, counted_ = 0;
};

class MemberProcesses {
 public:
  void Make(std::size_t index, Meeting* meeting) { processes_[index].emplace(Attend, meeting); }
  void End(std::size_t index) { processes_[index].reset(); }
  std::uint64_t Added(std::size_t first, std::size_t end) const {
    std::uint64_t bytes = 0;
    for (std::size_t i = first; i < end; ++i) bytes += OwnBytes(processes_[i]->pid());
    return bytes;
  }

 private:
  std::optional<PartnerProcess> processes_[kMostMembers];
};

class MemberThreads {
 public:
  void Make(std::size_t index, Meeting* meeting) {
    void* low = MapAnonymous(kStackBytes, PROT_NONE, MAP_PRIVATE | MAP_NORESERVE | MAP_STACK);
    stacks_[index] = static_cast<unsigned char*>(low);
    unsigned char* usable = stacks_[index] + kGuardBytes;
    Require(mprotect(usable, kStackBytes - kGuardBytes, PROT_READ | PROT_WRITE) == 0);
    pthread_attr_t attributes;
    Require(pthread_attr_init(&attributes) == 0);
    Require(pthread_attr_setstack(&attributes, usable, kStackBytes - kGuardBytes) == 0);
    Require(pthread_create(&threads_[index], &attributes, Run, meeting) == 0);
    pthread_attr_destroy(&attributes);
  }
  void End(std::size_t index) {
    Require(pthread_join(threads_[index], nullptr) == 0);
    munmap(stacks_[index], kStackBytes);
  }
  std::uint64_t Added(std::size_t, std::size_t) {
    const std::uint64_t before = bytes_;
    bytes_ = OwnBytes(getpid());
    return bytes_ > before ? bytes_ - before : 0;
  }

 private:
  static constexpr std::size_t kStackBytes = 8
                                             << 20;  // what glibc gives a thread on a stock system
  static constexpr std::size_t kGuardBytes = 4096;

  static void* Run(void* meeting) {
    Attend(meeting);
    return nullptr;
  }

  std::uint64_t bytes_ = OwnBytes(getpid());  // of the process, when last asked
  pthread_t threads_[kMostMembers];
  unsigned char* stacks_[kMostMembers];
};

using ProcessGroup = Group<MemberProcesses>;
using ThreadGroup = Group<MemberThreads>;

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_COST_UNIT_GROUP_H_
