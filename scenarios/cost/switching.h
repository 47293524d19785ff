// Ping-pong through one futex word between the victim and a partner that is a process or a thread.
// The word lies in a shared mapping for both, so that the kernel's path is the same and the
// difference is the switch alone.  Each sample has a partner of its own, made before and ended
// after the clock runs; its first rounds are not timed.
//
// Runs in: unit.
#ifndef BULKHEAD_SCENARIOS_COST_SWITCHING_H_
#define BULKHEAD_SCENARIOS_COST_SWITCHING_H_

#include "scenarios/cost/measure.h"

namespace bulkhead::scenarios {

class Switching {
 public:
  // The victim runs on `own_cpu`, its partners on `partner_cpu`.
  void Measure(int own_cpu, int partner_cpu) {
    Pinned pinned(own_cpu);
    Game* game = SharedPage<Game>();
    game->partner_cpu = partner_cpu;
    Sample<PartnerProcess>(game);  // not counted
    Sample<PartnerThread>(game);
    const Budget budget;
    for (std::size_t pair = 0; pair < kPairs && budget.Allows(pair); ++pair) {
      if (pair % 2 == 0) thread_[pair] = Sample<PartnerThread>(game);
      process_[pair] = Sample<PartnerProcess>(game);
      if (pair % 2 == 1) thread_[pair] = Sample<PartnerThread>(game);
      taken_ = pair + 1;
    }
    munmap(game, 4096);
  }

  void Report(bh_unit* unit) const {
    if (unit->index != kVictim || taken_ == 0) return;
    plugin::Samples(unit, "process", process_, taken_);
    plugin::Samples(unit, "thread", thread_, taken_);
  }

 private:
  static constexpr std::size_t kPairs = 50;
  static constexpr int kWarmUp = 20, kRounds = 100;
  static constexpr std::uint32_t kMine = 0, kPartners = 1, kLeave = 2;

  struct Game {
    Turn turn;
    int partner_cpu = 0;
  };

  static void Play(void* argument) {
    auto* game = static_cast<Game*>(argument);
    RunOnCpu(game->partner_cpu);
    while (game->turn.AwaitOtherThan(kMine) != kLeave) game->turn.Give(kMine);
  }

  static void Rounds(Turn& turn, int rounds) {
    for (int round = 0; round < rounds; ++round) {
      turn.Give(kPartners);
      turn.AwaitOtherThan(kPartners);
    }
  }

  // Nanoseconds per hand-over: half a round.
  template <typename Partner>
  static std::uint64_t Sample(Game* game) {
    game->turn.Give(kMine);
    Partner partner(Play, game);
    Rounds(game->turn, kWarmUp);
    const std::uint64_t start = Now();
    Rounds(game->turn, kRounds);
    const std::uint64_t took = Now() - start;
    game->turn.Give(kLeave);
    return took / (2 * kRounds);
  }

  std::uint64_t process_[kPairs], thread_[kPairs];
  std::size_t taken_ = 0;  // 0 where nobody acted
};

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_COST_SWITCHING_H_
