// Ping-pong through one futex word between the victim and a partner that is a process or a thread.
// The word lies in a shared mapping for both, so that the kernel's path is the same and the
// difference is the switch alone.  Each sample has a partner of its own, made before and ended
// after the clock runs; its first rounds are not counted.  It is the middle one of the others, so
// that what somebody else takes out of a few of them does not count; across CPUs, where anybody on
// either of them is in the way, it is the quickest.
//
// With a working set, each of the two stores into every cache line of memory of its own whenever it
// has the turn: what the other has pushed out of the caches, and what the switch made the processor
// forget of its address translations, is fetched again inside the sample.  Beside it are taken
//
//   thread-same  both threads work on the same memory, as threads may
//   touch        no time of a turn: one pass over the working set when nobody else had a turn
//
// Runs in: unit.
#ifndef BULKHEAD_SCENARIOS_COST_SWITCHING_H_
#define BULKHEAD_SCENARIOS_COST_SWITCHING_H_

#include <algorithm>

#include "scenarios/cost/measure.h"

namespace bulkhead::scenarios {

class Switching {
 public:
  explicit Switching(std::size_t rounds, std::size_t working_set = 0)
      : rounds_(rounds), bytes_(working_set) {
    Require(rounds_ <= kMostRounds);
  }

  // The victim runs on `own_cpu`, its partners on `partner_cpu`.
  void Measure(int own_cpu, int partner_cpu) {
    Pinned pinned(own_cpu);
    Game* game = SharedPage<Game>();
    game->partner_cpu = partner_cpu;
    place_ = own_cpu == partner_cpu ? rounds_ / 2 : 0;
    game->bytes = bytes_;
    const Memory own(bytes_), partners(bytes_);
    Sample<PartnerProcess>(game, own, partners);  // not counted
    Sample<PartnerThread>(game, own, partners);
    const Budget budget;
    for (std::size_t pair = 0; pair < kPairs && (pair < 2 || budget.Allows(pair)); ++pair) {
      if (pair % 2 == 0) thread_[pair] = Sample<PartnerThread>(game, own, partners);
      process_[pair] = Sample<PartnerProcess>(game, own, partners);
      if (pair % 2 == 1) thread_[pair] = Sample<PartnerThread>(game, own, partners);
      if (bytes_ > 0) {
        same_[pair] = Sample<PartnerThread>(game, own, own);
        touch_[pair] = TimeTouch(own);
      }
      taken_ = pair + 1;
    }
    munmap(game, 4096);
  }

  void Report(bh_unit* unit) const {
    if (unit->index != kVictim || taken_ == 0) return;
    plugin::Samples(unit, "process", process_, taken_);
    plugin::Samples(unit, "thread", thread_, taken_);
    if (bytes_ == 0) return;
    plugin::Samples(unit, "thread-same", same_, taken_);
    plugin::Samples(unit, "touch", touch_, taken_);
  }

 private:
  static constexpr std::size_t kPairs = 50, kMostRounds = 100, kLineBytes = 64;
  static constexpr std::uint32_t kMine = 0, kPartners = 1, kLeave = 2;

  // A working set; nothing if it has no bytes.
  class Memory {
   public:
    explicit Memory(std::size_t bytes) : bytes_(bytes) {
      if (bytes_ == 0) return;
      low_ = MapAnonymous(bytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE);
      madvise(low_, bytes_, MADV_NOHUGEPAGE);  // the same pages wherever the mapping lies
      Touch(low_, bytes_);
    }
    ~Memory() {
      if (bytes_ > 0) munmap(low_, bytes_);
    }
    Memory(const Memory&) = delete;
    Memory& operator=(const Memory&) = delete;

    void* low() const { return low_; }

   private:
    void* low_ = nullptr;
    std::size_t bytes_;
  };

  struct Game {
    Turn turn;
    int partner_cpu = 0;
    std::size_t bytes = 0;
    void* partners = nullptr;  // working set; a process has its own copy of it
  };

  static void Touch(void* low, std::size_t bytes) {
    auto* line = static_cast<unsigned char*>(low);
    for (const unsigned char* end = line + bytes; line < end; line += kLineBytes) {
      auto* word = reinterpret_cast<volatile std::uint64_t*>(line);
      *word = *word + 1;
    }
  }

  static void Play(void* argument) {
    auto* game = static_cast<Game*>(argument);
    RunOnCpu(game->partner_cpu);
    while (game->turn.AwaitOtherThan(kMine) != kLeave) {
      Touch(game->partners, game->bytes);
      game->turn.Give(kMine);
    }
  }

  // Nanoseconds of one round: a turn of the partner and one of the victim.
  std::uint64_t TimeRound(Game* game, const Memory& own) const {
    const std::uint64_t start = Now();
    game->turn.Give(kPartners);
    game->turn.AwaitOtherThan(kPartners);
    Touch(own.low(), bytes_);
    return Now() - start;
  }

  // Nanoseconds per turn: half of the round that is chosen.
  template <typename Partner>
  std::uint64_t Sample(Game* game, const Memory& own, const Memory& partners) const {
    std::uint64_t rounds[kMostRounds];
    game->turn.Give(kMine);
    game->partners = partners.low();
    Partner partner(Play, game);
    for (std::size_t i = 0; i < 2 + rounds_ / 5; ++i) TimeRound(game, own);  // not counted
    for (std::size_t i = 0; i < rounds_; ++i) rounds[i] = TimeRound(game, own);
    game->turn.Give(kLeave);
    std::nth_element(rounds, rounds + place_, rounds + rounds_);
    return rounds[place_] / 2;
  }

  std::uint64_t TimeTouch(const Memory& own) const {
    Touch(own.low(), bytes_);
    const std::uint64_t start = Now();
    for (std::size_t i = 0; i < rounds_; ++i) Touch(own.low(), bytes_);
    return (Now() - start) / rounds_;
  }

  std::size_t rounds_, bytes_;
  std::size_t place_ = 0;  // of the round that counts, among the rounds by size
  std::uint64_t process_[kPairs], thread_[kPairs], same_[kPairs], touch_[kPairs];
  std::size_t taken_ = 0;  // 0 where nobody acted
};

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_COST_SWITCHING_H_
