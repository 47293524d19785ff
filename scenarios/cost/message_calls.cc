// Counts what a batch of one-word messages in one direction costs in system calls, and in words
// that these copy between program and kernel, as a tracer sees it: from process to process by each
// mechanism, and from thread to thread through plain memory.  Each exchange also runs without any
// message, so that making and ending link and partner is taken off.
//
// A pipe copies each word in and out, and so does a queue.  An eventfd is left out: it adds up what
// is written, so words in one direction do not stay apart.
//
// Reported is the difference plus one: the threads may need none at all, and a ratio needs a number
// below the line.  A sleeping reader costs its calls on both sides, and is counted as it happens.
//
// Runs in: zygote (setup) and unit.
#include "scenarios/cost/measure.h"
#include "scenarios/cost/tracer.h"
#include "scenarios/ipc/link.h"

namespace {

namespace scenarios = bulkhead::scenarios;
using scenarios::kVictim;
using scenarios::Require;

constexpr std::uint32_t kMessages = 64;

// ---- Through the kernel.

template <typename Link>
struct Exchange {
  static void Read(void* argument) {
    auto* self = static_cast<Exchange*>(argument);
    for (std::uint64_t expected = 0; expected < self->messages; ++expected) {
      Require(scenarios::ReceiveWord(self->link, scenarios::kThere) == expected);
    }
  }

  std::uint32_t messages;
  Link link{};
};

template <typename Link>
void ByLink(std::uint32_t messages) {
  Exchange<Link> exchange{.messages = messages};
  scenarios::PartnerProcess partner(Exchange<Link>::Read, &exchange);
  for (std::uint64_t word = 0; word < messages; ++word) {
    scenarios::SendWord(exchange.link, scenarios::kHere, word);
  }
}

// ---- Through memory: the writer calls the kernel only for a reader that sleeps.

struct Board {
  explicit Board(int sharing_with = 0) : sharing(sharing_with) {}

  int sharing;
  std::uint32_t messages = 0;
  std::uint64_t words[kMessages] = {};
  std::atomic<std::uint32_t> written{0}, sleeping{0};
};

long Futex(Board* board, int operation) {
  return syscall(SYS_futex, &board->sleeping, operation | board->sharing, 1, nullptr, nullptr, 0);
}

void ReadBoard(void* argument) {
  auto* board = static_cast<Board*>(argument);
  for (std::uint32_t expected = 0; expected < board->messages; ++expected) {
    while (board->written.load() == expected) {
      board->sleeping.store(1);
      if (board->written.load() == expected) Futex(board, FUTEX_WAIT);
      board->sleeping.store(0);
    }
    Require(board->words[expected] == expected);
  }
}

template <typename Partner>
void WriteBoard(Board* board, std::uint32_t messages) {
  board->messages = messages;
  Partner partner(ReadBoard, board);
  for (std::uint32_t word = 0; word < messages; ++word) {
    board->words[word] = word;
    board->written.store(word + 1);
    if (board->sleeping.exchange(0) == 1) Futex(board, FUTEX_WAKE);
  }
}

void BySharedMemory(std::uint32_t messages) {
  auto* board = scenarios::SharedPage<Board>();
  WriteBoard<scenarios::PartnerProcess>(board, messages);
  munmap(board, 4096);
}

void ByThread(std::uint32_t messages) {
  Board board(FUTEX_PRIVATE_FLAG);
  WriteBoard<scenarios::PartnerThread>(&board, messages);
}

// ---- Series.

struct Way {
  const char* calls;  // names of its series
  const char* copies;
  void (*exchange)(std::uint32_t);
};

constexpr Way kWays[] = {
    {"process", "process-copies", ByLink<scenarios::PipeLink>},
    {"fifo", "fifo-copies", ByLink<scenarios::FifoLink>},
    {"socketpair", "socketpair-copies", ByLink<scenarios::SocketpairLink>},
    {"unix-socket", "unix-socket-copies", ByLink<scenarios::UnixSocketLink>},
    {"tcp", "tcp-copies", ByLink<scenarios::TcpLink>},
    {"posix-queue", "posix-queue-copies", ByLink<scenarios::PosixQueueLink>},
    {"sysv-queue", "sysv-queue-copies", ByLink<scenarios::SystemVQueueLink>},
    {"shared-memory", "shared-memory-copies", BySharedMemory},
    {"thread", "thread-copies", ByThread},
};
constexpr std::size_t kWaysCount = sizeof(kWays) / sizeof(kWays[0]);

// Counts hardly vary: two each make pairs enough.
constexpr std::size_t kRounds = 2;
std::uint64_t g_calls[kWaysCount][kRounds], g_copies[kWaysCount][kRounds];
bool g_taken = false;  // where nobody acted

void Count(std::size_t way, std::size_t round) {
  const scenarios::Cost without = scenarios::CostOf(kWays[way].exchange, 0);
  const scenarios::Cost with = scenarios::CostOf(kWays[way].exchange, kMessages);
  const auto more = [](std::uint64_t a, std::uint64_t b) { return a > b ? a - b : 0; };
  g_calls[way][round] = more(with.calls, without.calls) + 1;
  g_copies[way][round] = more(with.bytes, without.bytes) / sizeof(std::uint64_t) + 1;
}

void Act(bh_unit*) {
  for (std::size_t round = 0; round < kRounds; ++round) {
    for (std::size_t i = 0; i < kWaysCount; ++i) {
      Count(round % 2 == 0 ? i : kWaysCount - 1 - i, round);
    }
  }
  g_taken = true;
}

void Watch(bh_unit* unit) {
  if (unit->index != kVictim || !g_taken) return;
  for (std::size_t i = 0; i < kWaysCount; ++i) {
    bulkhead::plugin::Samples(unit, kWays[i].calls, g_calls[i], kRounds);
    bulkhead::plugin::Samples(unit, kWays[i].copies, g_copies[i], kRounds);
  }
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "message-calls",
    .summary = "Counts system calls and copied words, plus 1, for 64 words to a process, a thread.",
    .tags = {"cost", "message"},
    .kind = BH_MEASURE,
    .flags = BH_EXCLUSIVE,
    .ends = {{BH_END_RETURN, 0}},
    .setup = scenarios::OwnIpcNamespace,
    .act = Act,
    .watch = Watch,
};
