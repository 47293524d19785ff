// Does a switch change the address space?  Two threads take turns on one CPU, so that each turn
// begins with a switch from the other.  Whoever has the turn asks two witnesses:
//
//   the kernel   kcmp(2), KCMP_VM, of itself and the other: 0 means one address space
//   the memory   the other has put a new page with the turn's number at a fixed address; it must be
//                there, although this thread has not mapped it
//
// and then maps a new page itself.  Base, added and total: the turns taken, and those after which
// both said that the space is the same.
//
// The witnesses are tried first: between the victim and a process each must say the opposite, or
// the trial is not counted.  Where kcmp is refused (EPERM, ENOSYS) the memory decides alone.
// Volatile words and system calls: nothing that a compiler could remove.
//
// Runs in: unit.
#include <linux/kcmp.h>

#include "scenarios/cost/measure.h"

namespace {

using bulkhead::plugin::Reading;
using bulkhead::scenarios::kMostUnits;
using bulkhead::scenarios::kVictim;
using bulkhead::scenarios::Require;

constexpr std::uint64_t kTurnsWithThread = 40, kTurnsWithProcess = 8;
constexpr std::size_t kPageBytes = 4096;

std::uint64_t g_added[kMostUnits];  // of the unit with that index
std::uint64_t g_total = 0;          // one for all units of a process, as they see the same turns

// Turns after which a witness said "the same".
struct Said {
  std::uint64_t by_kernel = 0, by_memory = 0, by_both = 0;
};

// In memory that processes share, too: only the judged page must be nobody else's.
struct Game {
  bulkhead::scenarios::Turn turn;  // the number of the turn; even ones are the victim's
  std::uint64_t turns;
  volatile std::uint64_t* page;  // the address at which each maps
  pid_t players[2] = {0, 0};
  Said said;  // written by whoever has the turn
};

void MapNewPage(const Game* game, std::uint64_t number) {
  void* at = const_cast<std::uint64_t*>(game->page);
  Require(mmap(at, kPageBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1,
               0) == at);
  *game->page = number;
}

void AskWitnesses(Game* game, std::uint64_t number) {
  const long order = syscall(SYS_kcmp, game->players[0], game->players[1], KCMP_VM, 0, 0);
  const bool there = *game->page == number - 1;
  // Negative: refused.
  game->said.by_kernel += order == 0 ? 1 : 0;
  game->said.by_memory += there ? 1 : 0;
  game->said.by_both += there && order <= 0 ? 1 : 0;
}

void TakeTurns(Game* game, std::uint64_t first) {
  game->players[first % 2] = static_cast<pid_t>(syscall(SYS_gettid));
  for (std::uint64_t number = first; number <= game->turns; number += 2) {
    const auto before = static_cast<std::uint32_t>(number - 1);
    Require(game->turn.AwaitOtherThan(before) == number);
    AskWitnesses(game, number);
    MapNewPage(game, number);
    game->turn.Give(static_cast<std::uint32_t>(number + 1));
  }
}

void TakeOddTurns(void* game) { TakeTurns(static_cast<Game*>(game), 1); }

template <typename Partner>
Said Play(std::uint64_t turns) {
  Game* game = bulkhead::scenarios::SharedPage<Game>();
  void* page = bulkhead::scenarios::MapAnonymous(kPageBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE);
  game->page = static_cast<std::uint64_t*>(page);
  game->turns = turns;
  MapNewPage(game, ~std::uint64_t{0});
  {
    Partner partner(TakeOddTurns, game);
    MapNewPage(game, 0);  // after a fork: a process has what was there before
    game->players[0] = static_cast<pid_t>(syscall(SYS_gettid));
    game->turn.Give(1);
    TakeTurns(game, 2);
  }
  const Said said = game->said;
  munmap(page, kPageBytes);
  munmap(game, kPageBytes);
  return said;
}

void Act(bh_unit* unit) {
  // One CPU for both, whichever this thread is on: only a switch can pass the turn on.
  bulkhead::scenarios::Pinned pinned(sched_getcpu());
  const Said with_process = Play<bulkhead::scenarios::PartnerProcess>(kTurnsWithProcess);
  Require(with_process.by_kernel == 0 && with_process.by_memory == 0);
  const Said with_thread = Play<bulkhead::scenarios::PartnerThread>(kTurnsWithThread);
  g_added[unit->index] += kTurnsWithThread;
  g_total += with_thread.by_both;
}

void Prepare(bh_unit* unit) { Require(unit->count <= kMostUnits); }

void Watch(bh_unit* unit) {
  Reading(unit, "base", 0);
  Reading(unit, "added", g_added[unit->index]);
  Reading(unit, "total", g_total);
}

// Claims a turn that it never took.
void Hit(bh_unit* unit, std::uint64_t) { ++g_added[unit->index]; }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "switch-keeps-space",
    .summary =
        "Two threads take turns on one CPU and ask each time if the address space is the same.",
    .tags = {"switch", "memory"},
    .kind = BH_PROBE,
    .ends = {{BH_END_RETURN, 0}},
    .prepare = Prepare,
    .act = Act,
    .watch = Watch,
    .hit = Hit,
};
