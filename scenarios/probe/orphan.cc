// Every unit has a child that has a child.  The unit ends its child and then asks the grandchild,
// which has lost its parent: does it still act, and has somebody else become its parent?  The unit
// is the reaper of its orphans (prctl(2), PR_SET_CHILD_SUBREAPER), so that it is the one who ends
// and reaps what it has made.
//
// Child and grandchild leave when the pipe from the unit ends: they cannot outlive it.  System
// calls: nothing that a compiler could remove.
//
// Runs in: unit, and two processes that it forks.
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

#include "scenarios/common.h"

namespace {

using bulkhead::scenarios::kMostUnits;
using bulkhead::scenarios::Require;

constexpr int kPatienceMs = 5'000;

struct Answer {
  std::uint64_t question;
  pid_t parent;  // of the grandchild, when it answered
};

struct Family {
  pid_t child = 0, grandchild = 0;
  int ask = -1, hear = -1;  // the unit's ends
  bool child_ended = false;
};

Family g_families[kMostUnits];  // of the unit with that index

[[noreturn]] void Live(int questions, int answers) {
  std::uint64_t question;
  while (read(questions, &question, sizeof question) == sizeof question) {
    const Answer answer{question, getppid()};
    if (write(answers, &answer, sizeof answer) != sizeof answer) break;
  }
  _exit(0);
}

void Reap(pid_t pid) {
  while (waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
  }
}

// Threads have no children of their own: nothing is asked there.
bool IsThread() { return syscall(SYS_gettid) != getpid(); }

void Prepare(bh_unit* unit) {
  Require(unit->count <= kMostUnits);
  if (IsThread()) return;
  Require(prctl(PR_SET_CHILD_SUBREAPER, 1) == 0);
  signal(SIGPIPE, SIG_IGN);  // nobody to ask is an answer, too
  int questions[2], answers[2], names[2], life[2];
  Require(pipe2(questions, O_CLOEXEC) == 0 && pipe2(answers, O_CLOEXEC) == 0 &&
          pipe2(names, O_CLOEXEC) == 0 && pipe2(life, O_CLOEXEC) == 0);
  const pid_t child = fork();
  if (child == 0) {
    close(questions[1]), close(answers[0]), close(life[1]);
    const pid_t grandchild = fork();
    if (grandchild == 0) Live(questions[0], answers[1]);
    (void)!write(names[1], &grandchild, sizeof grandchild);
    close(questions[0]), close(answers[1]);
    char byte;
    (void)!read(life[0], &byte, 1);  // until the unit ends it, or has ended
    Reap(grandchild);
    _exit(0);
  }
  Require(child > 0);
  Family family;
  family.child = child;
  Require(read(names[0], &family.grandchild, sizeof family.grandchild) == sizeof family.grandchild);
  Require(family.grandchild > 0);
  family.ask = questions[1];
  family.hear = answers[0];
  close(questions[0]), close(answers[1]), close(names[0]), close(names[1]), close(life[0]);
  // life[1] stays open for as long as the unit lives.
  g_families[unit->index] = family;
}

void Act(bh_unit* unit) {
  Family& family = g_families[unit->index];
  if (unit->control != 0 || family.child == 0) return;  // nobody loses a parent
  Require(kill(family.child, SIGKILL) == 0);
  Reap(family.child);
  family.child_ended = true;
}

bool Answers(const Family& family, std::uint64_t question) {
  if (write(family.ask, &question, sizeof question) != sizeof question) return false;
  pollfd heard{family.hear, POLLIN, 0};
  if (poll(&heard, 1, kPatienceMs) != 1) return false;
  Answer answer{};
  if (read(family.hear, &answer, sizeof answer) != sizeof answer) return false;
  return answer.question == question &&
         answer.parent == (family.child_ended ? getpid() : family.child);
}

void Watch(bh_unit* unit) {
  Family& family = g_families[unit->index];
  if (family.child == 0) return;
  if (Answers(family, unit->token)) {
    bulkhead::plugin::Reading(unit, "orphan", unit->token);
  } else {
    bulkhead::plugin::Gone(unit, "orphan");
  }
  if (!family.child_ended) {
    kill(family.child, SIGKILL);
    Reap(family.child);
  }
  close(family.ask);
  Reap(family.grandchild);
}

void Hit(bh_unit* unit, std::uint64_t) {
  const Family& family = g_families[unit->index];
  if (family.child != 0) kill(family.grandchild, SIGKILL);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "orphan",
    .summary = "A process whose parent was killed is asked whether it still acts, and for whom.",
    .tags = {"lifetime"},
    .kind = BH_PROBE,
    .flags = BH_EVERYONE_ACTS,
    .ends = {{BH_END_RETURN, 0}},
    .prepare = Prepare,
    .act = Act,
    .watch = Watch,
    .hit = Hit,
};
