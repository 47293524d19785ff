// One way to hand a word from the victim to each bystander, and a plain global beside it.  Each
// source via_*.cc in this folder chooses the way; what carries the word is made in `setup` and
// inherited by the units that are forked from there.  The exec vehicle makes it anew in each unit:
// nothing arrives there.
//
// What carries the words outlives the trial, so bystanders empty it in `prepare`: an old word would
// not pass for this trial's.  System calls and volatile words: nothing a compiler could remove.
//
// Runs in: zygote (setup) and unit.
#ifndef BULKHEAD_SCENARIOS_IPC_WAY_H_
#define BULKHEAD_SCENARIOS_IPC_WAY_H_

#include <unistd.h>

#include <cerrno>

#include "scenarios/common.h"

namespace bulkhead::scenarios {

// A way derives from this, hides what it does otherwise, and has
//   kReading                             name of the reading, "via-..."
//   bool Make(bystander)                 in setup; false: this machine has none, no trial counts
//   void Send(unit, bystander, word)
//   bool Take(unit, word)                in a bystander; false and `word` as before: there is none
struct Way {
  void Open(bh_unit*) {}                   // in prepare
  void Await(bh_unit*) {}                  // in a bystander, while a word may be on its way
  bool Reaches(bh_unit*) { return true; }  // false: it cannot be used here, nothing is reported
  void Close(bh_unit*) {}                  // in watch, when the unit has reported
};

// Two descriptors for each bystander.  The derived class has `static bool MakeEnds(int (&ends)[2])`
// for the end to read from and the end to write to, both O_NONBLOCK.
template <typename Derived>
class DescriptorWay : public Way {
 public:
  bool Make(std::uint32_t bystander) { return Derived::MakeEnds(ends_[bystander]); }

  void Send(bh_unit*, std::uint32_t bystander, std::uint64_t word) {
    Require(write(ends_[bystander][1], &word, sizeof(word)) == sizeof(word));
  }

  bool Take(bh_unit* unit, std::uint64_t& word) {
    const ssize_t got = read(ReadEnd(unit), &word, sizeof(word));
    Require(got == sizeof(word) || (got < 0 && errno == EAGAIN));
    return got > 0;
  }

 protected:
  int ReadEnd(const bh_unit* unit) const { return ends_[unit->index][0]; }

 private:
  int ends_[kMostUnits][2];  // of the bystander with that index
};

// The callbacks.
template <typename SomeWay>
class HandOver {
 public:
  static void Setup(bh_unit*) {
    for (std::uint32_t i = 1; i < kMostUnits; ++i) made_ = made_ && way_.Make(i);
  }

  static void Prepare(bh_unit* unit) {
    Require(made_ && unit->count <= kMostUnits);
    way_.Open(unit);
    if (unit->index == kVictim) return;
    plain_[unit->index] = unit->token;
    std::uint64_t old;
    while (way_.Take(unit, old)) {
    }
  }

  static void Act(bh_unit* unit) {
    for (std::uint32_t i = 1; i < unit->count; ++i) {
      plain_[i] = unit->token;
      way_.Send(unit, i, unit->token);
    }
  }

  static void Watch(bh_unit* unit) {
    if (unit->index != kVictim) {
      way_.Await(unit);
      std::uint64_t word = unit->token;
      while (way_.Take(unit, word)) {
      }
      if (way_.Reaches(unit)) plugin::Reading(unit, SomeWay::kReading, word);
      plugin::Reading(unit, "plain", plain_[unit->index]);
    }
    way_.Close(unit);
  }

  static void Hit(bh_unit* unit, std::uint64_t foreign) {
    plain_[unit->index] = foreign;
    way_.Send(unit, unit->index, foreign);
  }

 private:
  static inline SomeWay way_;
  static inline bool made_ = true;
  static inline volatile std::uint64_t plain_[kMostUnits];  // of the bystander with that index
};

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_IPC_WAY_H_
