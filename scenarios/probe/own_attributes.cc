// What belongs to a process as a whole: its current directory, its umask, what it does on a signal,
// and the group it acts for.  The victim changes all four of its own; each bystander reads its own,
// and its own token stands for "as before".  System calls: nothing that a compiler could remove.
//
// The umask and the signal are set to the same in all units first, so that threads which get ready
// side by side do not disturb each other.  The umask is read from /proc, because the system call
// cannot read without writing.  The group is changed, and reported, only where that is allowed;
// setegid of the C library changes it in all threads, while the bare system call would not
// (raw-setuid): each unit may try it in its own thread first.
//
// Runs in: unit.
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>

#include "scenarios/common.h"

namespace {

using bulkhead::scenarios::kMostUnits;
using bulkhead::scenarios::kVictim;
using bulkhead::scenarios::Require;

constexpr mode_t kMask = 022, kOtherMask = 0137;
constexpr int kSignal = SIGUSR1;

struct Before {
  pid_t process;
  struct stat directory;
  gid_t group;
  bool may_change_group;
};

Before g_before[kMostUnits];  // of the unit with that index

gid_t OtherGroup(const Before& before) { return before.group + 1; }

bool MayChangeGroup(const Before& before) {
  if (syscall(SYS_setresgid, -1, OtherGroup(before), -1) != 0) return false;
  Require(syscall(SYS_setresgid, -1, before.group, -1) == 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);  // cleared by a change of credentials
  return true;
}

struct stat Directory() {
  struct stat about {};
  Require(stat(".", &about) == 0);
  return about;
}

unsigned Umask() {
  std::FILE* status = std::fopen("/proc/self/status", "re");
  Require(status != nullptr);
  char line[256];
  unsigned mask = ~0u;
  while (mask == ~0u && std::fgets(line, sizeof(line), status) != nullptr) {
    if (std::sscanf(line, "Umask: %o", &mask) != 1) mask = ~0u;
  }
  std::fclose(status);
  Require(mask != ~0u);
  return mask;
}

bool IgnoresSignal() {
  struct sigaction action {};
  Require(sigaction(kSignal, nullptr, &action) == 0);
  return action.sa_handler == SIG_IGN;
}

// As after vfork.  There setegid waits for a thread that the kernel has suspended.
bool SharesMemoryWithOtherProcess() {
  const pid_t victim = g_before[kVictim].process;  // 0: not in this memory
  return victim != 0 && victim != getpid();
}

void Change(const bh_unit& unit) {
  const Before& before = g_before[unit.index];
  Require(chdir("/proc") == 0);  // there anyway, and nobody's scratch directory
  umask(kOtherMask);
  Require(std::signal(kSignal, SIG_IGN) != SIG_ERR);
  if (!before.may_change_group || SharesMemoryWithOtherProcess()) return;
  Require(setegid(OtherGroup(before)) == 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
}

void Prepare(bh_unit* unit) {
  Require(unit->count <= kMostUnits);
  umask(kMask);
  Require(std::signal(kSignal, SIG_DFL) != SIG_ERR);
  Before& before = g_before[unit->index];
  before = {getpid(), Directory(), getegid(), false};
  before.may_change_group = MayChangeGroup(before);
}

void Report(bh_unit* unit, const char* name, bool as_before) {
  if (as_before) {
    bulkhead::plugin::Reading(unit, name, unit->token);
  } else {
    bulkhead::plugin::Gone(unit, name);
  }
}

void Act(bh_unit* unit) { Change(*unit); }

void Watch(bh_unit* unit) {
  if (unit->index == kVictim) return;
  const Before& before = g_before[unit->index];
  const struct stat directory = Directory();
  Report(
      unit, "cwd",
      directory.st_dev == before.directory.st_dev && directory.st_ino == before.directory.st_ino);
  Report(unit, "umask", Umask() == kMask);
  Report(unit, "signal-disposition", !IgnoresSignal());
  if (before.may_change_group) Report(unit, "credentials", getegid() == before.group);
}

void Hit(bh_unit* unit, std::uint64_t) { Change(*unit); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "own-attributes",
    .summary = "The victim changes its directory, umask, reaction to a signal, and group.",
    .tags = {"attributes", "signal"},
    .kind = BH_PROBE,
    .ends = {{BH_END_RETURN, 0}},
    .prepare = Prepare,
    .act = Act,
    .watch = Watch,
    .hit = Hit,
};
