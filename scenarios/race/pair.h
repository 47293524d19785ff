// The torn read: all units write a pair of words at once, each its own token into both, and read
// it back.  A pair whose halves differ is one that nobody wrote.  Each source chooses whether the
// pair is locked.
//
// Runs in: unit.
#ifndef BULKHEAD_SCENARIOS_RACE_PAIR_H_
#define BULKHEAD_SCENARIOS_RACE_PAIR_H_

#include "scenarios/race/together.h"

namespace bulkhead::scenarios {

struct Halves {
  std::uint64_t first, second;
};

// Both words are volatile: the compiler may neither merge nor keep any access.
class PlainPair {
 public:
  static constexpr int kRounds = 100'000;
  void Write(std::uint64_t token) {
    first_ = token;
    second_ = token;
  }
  Halves Read() const { return {first_, second_}; }

 private:
  volatile std::uint64_t first_ = 0, second_ = 0;
};

// The same under a lock, taken for each write and each read.
class MutexPair {
 public:
  static constexpr int kRounds = 1'000;
  void Write(std::uint64_t token) {
    pthread_mutex_lock(&mutex_);
    pair_.Write(token);
    pthread_mutex_unlock(&mutex_);
  }
  Halves Read() {
    pthread_mutex_lock(&mutex_);
    const Halves halves = pair_.Read();
    pthread_mutex_unlock(&mutex_);
    return halves;
  }

 private:
  pthread_mutex_t mutex_ = PTHREAD_MUTEX_INITIALIZER;
  PlainPair pair_;
};

// The callbacks.
template <typename Pair>
class TornPair {
 public:
  static void Setup(bh_unit*) {
    arena_ = new (MapAnonymous(sizeof(Arena), PROT_READ | PROT_WRITE, MAP_PRIVATE)) Arena;
  }

  static void Prepare(bh_unit* unit) {
    sightings_.Begin(unit);
    Apart::Place(unit);
    before_[unit->index] = arena_->meeting.before();
  }

  static void Act(bh_unit* unit) {
    if (unit->control == 0) arena_->meeting.template Await<Apart>(before_[unit->index]);
    for (int round = 0; round < Pair::kRounds; ++round) {
      arena_->pair.Write(unit->token);
      // Since the unit wrote both words before, each holds some unit's token.
      const Halves halves = arena_->pair.Read();
      if (halves.first == halves.second) continue;
      sightings_.Saw(unit, halves.first != unit->token ? halves.first : halves.second);
    }
  }

  static void Watch(bh_unit* unit) { sightings_.Report(unit, "torn-pair"); }

  static void Hit(bh_unit* unit, std::uint64_t foreign) { sightings_.Saw(unit, foreign); }

 private:
  struct Arena {
    alignas(64) Pair pair;
    alignas(64) Meeting meeting;
  };

  static inline Arena* arena_ = nullptr;
  static inline Sightings sightings_;
  static inline std::uint64_t before_[kMostUnits];
};

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_RACE_PAIR_H_
