// What does a switch leave warm?  Two units on one CPU take turns, and each reads one word of every
// page of the same shared memory whenever it has the turn.  Pages and caches are the same for
// threads and for processes; what differs is whether the processor still knows where the pages lie
// (TLB) after the switch.  Timed is the victim's pass alone, without the switch, for several
// numbers of pages; "alone-..." is the same pass when nobody else had a turn.  A sample is the
// quickest of some passes.
//
// A processor that marks its translations with the address space (PCID, ASID) keeps those of both
// processes while there is room for both: few pages then show no difference.  The pages are small
// ones on purpose.  Loads are volatile: no compiler can remove them.
//
// Runs in: unit.
#include <algorithm>
#include <cstdio>

#include "scenarios/cost/measure.h"

namespace {

namespace scenarios = bulkhead::scenarios;
using scenarios::kVictim;

constexpr std::size_t kSizes[] = {64, 512, 1024, 2048};
constexpr std::size_t kMostPages = 2048, kPageBytes = 4096, kLineBytes = 64;
constexpr std::size_t kPairs = 20;
constexpr int kTurns = 15;
constexpr std::uint32_t kMine = 0, kPartners = 1, kLeave = 2;

enum Kind { kAlone, kThread, kProcess, kKinds };
constexpr const char* kNames[kKinds] = {"alone", "thread", "process"};

std::uint64_t g_samples[kKinds][std::size(kSizes)][kPairs];
std::size_t g_taken = 0;  // 0 where nobody acted

struct Game {
  scenarios::Turn turn;
  const unsigned char* memory;
  std::size_t pages;
};

// One word per page, and another cache line in each: the lines must not crowd into one cache set.
void Pass(const Game* game) {
  for (std::size_t page = 0; page < game->pages; ++page) {
    const unsigned char* line = game->memory + page * kPageBytes + page * kLineBytes % kPageBytes;
    *reinterpret_cast<const volatile std::uint64_t*>(line);
  }
}

void Play(void* argument) {
  auto* game = static_cast<Game*>(argument);
  while (game->turn.AwaitOtherThan(kMine) != kLeave) {
    Pass(game);
    game->turn.Give(kMine);
  }
}

// Nanoseconds of the victim's quickest pass, each of them after `between`: whatever else had the
// CPU in between would count against the switch.
template <typename Between>
std::uint64_t TimePasses(const Game* game, Between between) {
  std::uint64_t least = ~std::uint64_t{0};
  for (int turn = 0; turn < kTurns; ++turn) {
    between();
    const std::uint64_t start = scenarios::Now();
    Pass(game);
    least = std::min(least, scenarios::Now() - start);
  }
  return least;
}

template <typename Partner>
std::uint64_t TimeBeside(Game* game) {
  game->turn.Give(kMine);
  Partner partner(Play, game);
  const std::uint64_t took = TimePasses(game, [game] {
    game->turn.Give(kPartners);
    game->turn.AwaitOtherThan(kPartners);
  });
  game->turn.Give(kLeave);
  return took;
}

std::uint64_t Time(std::size_t kind, Game* game) {
  if (kind == kThread) return TimeBeside<scenarios::PartnerThread>(game);
  if (kind == kProcess) return TimeBeside<scenarios::PartnerProcess>(game);
  return TimePasses(game, [] {});
}

void Act(bh_unit*) {
  scenarios::Pinned pinned(scenarios::AllowedCpu(0));
  constexpr std::size_t kBytes = kMostPages * kPageBytes;
  void* memory = scenarios::MapAnonymous(kBytes, PROT_READ | PROT_WRITE, MAP_SHARED);
  madvise(memory, kBytes, MADV_NOHUGEPAGE);  // EINVAL where there are none
  Game* game = scenarios::SharedPage<Game>();
  game->memory = static_cast<const unsigned char*>(memory);
  const scenarios::Budget budget;
  for (std::size_t pair = 0; pair < kPairs && (pair < 2 || budget.Allows(pair)); ++pair) {
    for (std::size_t size = 0; size < std::size(kSizes); ++size) {
      game->pages = kSizes[size];
      for (std::size_t place = 0; place < kKinds; ++place) {
        const std::size_t kind = pair % 2 == 0 ? place : kKinds - 1 - place;
        g_samples[kind][size][pair] = Time(kind, game);
      }
    }
    g_taken = pair + 1;
  }
  munmap(game, kPageBytes);
  munmap(memory, kBytes);
}

void Watch(bh_unit* unit) {
  if (unit->index != kVictim || g_taken == 0) return;
  for (std::size_t kind = 0; kind < kKinds; ++kind) {
    for (std::size_t size = 0; size < std::size(kSizes); ++size) {
      char name[BH_NAME_BYTES];
      std::snprintf(name, sizeof name, "%s-%zu", kNames[kind], kSizes[size]);
      bulkhead::plugin::Samples(unit, name, g_samples[kind][size], g_taken);
    }
  }
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "switch-warmth",
    .summary = "Times reading 64 to 2,048 pages right after a switch: process, thread, no switch.",
    .tags = {"cost", "switch"},
    .kind = BH_MEASURE,
    .flags = BH_EXCLUSIVE,
    .ends = {{BH_END_RETURN, 0}},
    .act = Act,
    .watch = Watch,
};
