// Times a one-word question and its answer, all on one CPU: through two pipes, a socket pair and
// two eventfds with a process, and through plain memory with a thread, which waits on a futex.
// Each sample has a partner of its own, made before and ended after the clock runs.  The words are
// counted up and checked, so no hop can be left out.
//
// Runs in: unit.
#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include "scenarios/cost/measure.h"

namespace {

namespace scenarios = bulkhead::scenarios;
using scenarios::kVictim;
using scenarios::Require;

constexpr std::size_t kSamples = 25;
constexpr int kWarmUp = 10, kRounds = 50;
constexpr std::uint64_t kLeave = 1ull << 62;

std::uint64_t g_pipe[kSamples], g_socketpair[kSamples], g_eventfd[kSamples], g_thread[kSamples];
std::size_t g_taken = 0;  // 0 where nobody acted

// ---- Through the kernel.

enum { kQuestionOut, kQuestionIn, kAnswerOut, kAnswerIn };

struct Channel {
  int ends[4];
};

int Copy(int descriptor) {
  const int copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
  Require(copy >= 0);
  return copy;
}

Channel OfPipes() {
  int question[2], answer[2];
  Require(pipe2(question, O_CLOEXEC) == 0 && pipe2(answer, O_CLOEXEC) == 0);
  return {{question[1], question[0], answer[1], answer[0]}};
}

Channel OfSockets() {
  int pair[2];
  Require(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == 0);
  return {{pair[0], pair[1], Copy(pair[1]), Copy(pair[0])}};
}

Channel OfEventfds() {
  const int question = eventfd(0, EFD_CLOEXEC), answer = eventfd(0, EFD_CLOEXEC);
  Require(question >= 0 && answer >= 0);
  return {{question, Copy(question), answer, Copy(answer)}};
}

void Send(int descriptor, std::uint64_t word) {
  Require(write(descriptor, &word, sizeof word) == sizeof word);
}

std::uint64_t Receive(int descriptor) {
  std::uint64_t word;
  Require(read(descriptor, &word, sizeof word) == sizeof word);
  return word;
}

void AnswerChannel(void* argument) {
  const auto* channel = static_cast<const Channel*>(argument);
  std::uint64_t word;
  while ((word = Receive(channel->ends[kQuestionIn])) != kLeave) {
    Send(channel->ends[kAnswerOut], word + 1);
  }
}

std::uint64_t TimeChannel(Channel channel) {
  std::uint64_t word = 1, start = 0, took = 0;
  {
    scenarios::PartnerProcess partner(AnswerChannel, &channel);
    for (int round = -kWarmUp; round < kRounds; ++round) {
      if (round == 0) start = scenarios::Now();
      Send(channel.ends[kQuestionOut], word);
      word = Receive(channel.ends[kAnswerIn]);
    }
    took = scenarios::Now() - start;
    Send(channel.ends[kQuestionOut], kLeave);
  }
  for (const int end : channel.ends) close(end);
  Require(word == 1 + kWarmUp + kRounds);
  return took / kRounds;
}

// ---- Through plain memory.

struct Desk {
  scenarios::Turn turn{FUTEX_PRIVATE_FLAG};  // 0: the victim's, 1: the partner's
  std::uint64_t word = 1;
};

void AnswerDesk(void* argument) {
  auto* desk = static_cast<Desk*>(argument);
  while (desk->turn.AwaitOtherThan(0), desk->word != kLeave) {
    ++desk->word;
    desk->turn.Give(0);
  }
}

std::uint64_t TimeThread() {
  Desk desk;
  std::uint64_t start = 0, took = 0, word = 0;
  {
    scenarios::PartnerThread partner(AnswerDesk, &desk);
    for (int round = -kWarmUp; round < kRounds; ++round) {
      if (round == 0) start = scenarios::Now();
      desk.turn.Give(1);
      desk.turn.AwaitOtherThan(1);
    }
    took = scenarios::Now() - start;
    word = desk.word;
    desk.word = kLeave;
    desk.turn.Give(1);
  }
  Require(word == 1 + kWarmUp + kRounds);
  return took / kRounds;
}

void Act(bh_unit*) {
  scenarios::Pinned pinned(scenarios::AllowedCpu(0));
  TimeChannel(OfPipes());  // not counted
  TimeThread();
  const scenarios::Budget budget;
  for (std::size_t i = 0; i < kSamples && budget.Allows(i); ++i) {
    if (i % 2 == 0) g_thread[i] = TimeThread();
    g_pipe[i] = TimeChannel(OfPipes());
    g_socketpair[i] = TimeChannel(OfSockets());
    g_eventfd[i] = TimeChannel(OfEventfds());
    if (i % 2 == 1) g_thread[i] = TimeThread();
    g_taken = i + 1;
  }
}

void Watch(bh_unit* unit) {
  if (unit->index != kVictim || g_taken == 0) return;
  bulkhead::plugin::Samples(unit, "pipe", g_pipe, g_taken);
  bulkhead::plugin::Samples(unit, "socketpair", g_socketpair, g_taken);
  bulkhead::plugin::Samples(unit, "eventfd", g_eventfd, g_taken);
  bulkhead::plugin::Samples(unit, "thread", g_thread, g_taken);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "message-round-trip",
    .summary = "Times a word and its answer: pipe, socketpair, eventfd to a process; thread.",
    .tags = {"cost", "message"},
    .kind = BH_MEASURE,
    .flags = BH_EXCLUSIVE,
    .ends = {{BH_END_RETURN, 0}},
    .act = Act,
    .watch = Watch,
};
