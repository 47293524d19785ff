// Counts the system calls that a batch of one-word messages takes, as a tracer sees them: through a
// pipe from process to process, and through plain memory from thread to thread.  Each side runs
// with the messages and without any, so that making and ending the partner is taken off.
//
// Reported is the difference plus one: the threads may need none at all, and a ratio needs a number
// below the line.  A sleeping reader costs its calls on both sides, and is counted as it happens.
//
// Runs in: unit.
#include <fcntl.h>
#include <sys/ptrace.h>

#include "scenarios/cost/measure.h"

namespace {

namespace scenarios = bulkhead::scenarios;
using scenarios::kVictim;
using scenarios::Require;

constexpr std::size_t kPairs = 8;
constexpr std::uint32_t kMessages = 64;

std::uint64_t g_process[kPairs];
std::uint64_t g_thread[kPairs];
std::size_t g_taken = 0;  // 0 where nobody acted

// ---- Through the kernel.

struct Line {
  int ends[2];
  std::uint32_t messages;
};

void ReadLine(void* argument) {
  const auto* line = static_cast<const Line*>(argument);
  for (std::uint32_t expected = 0; expected < line->messages; ++expected) {
    std::uint32_t word;
    Require(read(line->ends[0], &word, sizeof word) == sizeof word && word == expected);
  }
}

void ByProcess(std::uint32_t messages) {
  Line line{{-1, -1}, messages};
  Require(pipe2(line.ends, O_CLOEXEC) == 0);
  scenarios::PartnerProcess partner(ReadLine, &line);
  for (std::uint32_t word = 0; word < messages; ++word) {
    Require(write(line.ends[1], &word, sizeof word) == sizeof word);
  }
}

// ---- Through plain memory: the writer calls the kernel only for a reader that sleeps.

struct Board {
  std::uint32_t messages;
  std::uint32_t words[kMessages];
  std::atomic<std::uint32_t> written{0}, sleeping{0};
};

long Futex(std::atomic<std::uint32_t>* word, int operation, std::uint32_t value) {
  return syscall(SYS_futex, word, operation | FUTEX_PRIVATE_FLAG, value, nullptr, nullptr, 0);
}

void ReadBoard(void* argument) {
  auto* board = static_cast<Board*>(argument);
  for (std::uint32_t expected = 0; expected < board->messages; ++expected) {
    while (board->written.load() == expected) {
      board->sleeping.store(1);
      if (board->written.load() == expected) Futex(&board->sleeping, FUTEX_WAIT, 1);
      board->sleeping.store(0);
    }
    Require(board->words[expected] == expected);
  }
}

void ByThread(std::uint32_t messages) {
  Board board{.messages = messages, .words = {}};
  scenarios::PartnerThread partner(ReadBoard, &board);
  for (std::uint32_t word = 0; word < messages; ++word) {
    board.words[word] = word;
    board.written.store(word + 1);
    if (board.sleeping.exchange(0) == 1) Futex(&board.sleeping, FUTEX_WAKE, 1);
  }
}

// ---- Counting.

// System calls of a child that does this, and of whatever it starts.
std::uint64_t CallsOf(void (*exchange)(std::uint32_t), std::uint32_t messages) {
  const pid_t maker = getpid();
  const pid_t child = fork();
  Require(child >= 0);
  if (child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != maker || ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) _exit(1);
    raise(SIGSTOP);
    exchange(messages);
    _exit(0);
  }
  int status = 0;
  Require(waitpid(child, &status, 0) == child && WIFSTOPPED(status));
  Require(ptrace(PTRACE_SETOPTIONS, child, nullptr,
                 PTRACE_O_EXITKILL | PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEFORK |
                     PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE) == 0);
  std::uint64_t calls = 0;
  pid_t task = child;
  do {
    long pass_on = 0;
    if (WIFSTOPPED(status)) {
      const int signal = WSTOPSIG(status);
      if (signal == (SIGTRAP | 0x80)) {
        __ptrace_syscall_info info{};
        Require(ptrace(PTRACE_GET_SYSCALL_INFO, task, sizeof info, &info) > 0);
        if (info.op == PTRACE_SYSCALL_INFO_ENTRY) ++calls;
      } else if (signal != SIGSTOP && signal != SIGTRAP) {
        pass_on = signal;  // SIGSTOP and SIGTRAP: a new task, or the making of one
      }
      ptrace(PTRACE_SYSCALL, task, nullptr, pass_on);
    } else if (task == child) {
      Require(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    // Only what this thread has forked or traces: never a neighbour's child.
    task = waitpid(-1, &status, __WALL | __WNOTHREAD);
  } while (task > 0);
  Require(errno == ECHILD);
  return calls;
}

std::uint64_t Calls(void (*exchange)(std::uint32_t)) {
  const std::uint64_t without = CallsOf(exchange, 0);
  const std::uint64_t with = CallsOf(exchange, kMessages);
  return (with > without ? with - without : 0) + 1;
}

void Act(bh_unit*) {
  const scenarios::Budget budget;
  for (std::size_t pair = 0; pair < kPairs && budget.Allows(pair); ++pair) {
    if (pair % 2 == 0) g_thread[pair] = Calls(ByThread);
    g_process[pair] = Calls(ByProcess);
    if (pair % 2 == 1) g_thread[pair] = Calls(ByThread);
    g_taken = pair + 1;
  }
}

void Watch(bh_unit* unit) {
  if (unit->index != kVictim || g_taken == 0) return;
  bulkhead::plugin::Samples(unit, "process", g_process, g_taken);
  bulkhead::plugin::Samples(unit, "thread", g_thread, g_taken);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "message-calls",
    .summary = "Counts system calls (plus 1) for 64 one-word messages to a process, to a thread.",
    .tags = {"cost", "message"},
    .kind = BH_MEASURE,
    .flags = BH_EXCLUSIVE,
    .ends = {{BH_END_RETURN, 0}},
    .act = Act,
    .watch = Watch,
};
