// The lost-update experiment: all units add to one counter at once, and what it shows must be what
// they added.  Each source in this folder chooses how to add, where to run, and whether the
// counter's memory is the vehicle's (private to a process, shared by threads) or shared on purpose.
//
// A shared mapping outlives the trial, so each unit also reads the counter before anybody acts.
//
// Runs in: unit.
#ifndef BULKHEAD_SCENARIOS_RACE_COUNTER_H_
#define BULKHEAD_SCENARIOS_RACE_COUNTER_H_

#include "scenarios/race/together.h"

namespace bulkhead::scenarios {

// A load and a store, both volatile: the compiler may neither merge rounds nor make it one
// read-modify-write instruction.
class PlainCounter {
 public:
  static constexpr std::uint64_t kAdditions = 200'000;
  void AddOne() { value_ = value_ + 1; }
  std::uint64_t Value() const { return value_; }

 private:
  volatile std::uint64_t value_ = 0;
};

// As a program would write it: what becomes of the additions is the compiler's choice.  gcc and
// clang do each at -O0, and from -O1 on make one addition of the whole loop.
class OrdinaryCounter {
 public:
  static constexpr std::uint64_t kAdditions = PlainCounter::kAdditions;
  void AddOne() { ++value_; }
  std::uint64_t Value() const { return value_; }

 private:
  std::uint64_t value_ = 0;
};

#if defined(__x86_64__)
// Each addition is one instruction: it cannot be interrupted half way, and without a lock prefix
// another CPU may still come between its load and its store (Intel SDM vol. 3, "Locked Atomic
// Operations").
class OneInstructionCounter {
 public:
  static constexpr std::uint64_t kAdditions = PlainCounter::kAdditions;
  void AddOne() { asm volatile("addq $1, %0" : "+m"(value_)); }
  std::uint64_t Value() const { return value_; }

 private:
  std::uint64_t value_ = 0;
};
#else
using OneInstructionCounter = PlainCounter;  // never run: there the scenarios have no certain end
#endif

class AtomicCounter {
 public:
  static constexpr std::uint64_t kAdditions = 5'000;
  void AddOne() { value_.fetch_add(1, std::memory_order_relaxed); }
  std::uint64_t Value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_ = 0;
};

// The plain counter under a lock; kSharing: PTHREAD_PROCESS_PRIVATE or PTHREAD_PROCESS_SHARED.
template <int kSharing>
class MutexCounter {
 public:
  static constexpr std::uint64_t kAdditions = 2'000;
  MutexCounter() {
    pthread_mutexattr_t attributes;
    Require(pthread_mutexattr_init(&attributes) == 0);
    Require(pthread_mutexattr_setpshared(&attributes, kSharing) == 0);
    Require(pthread_mutex_init(&mutex_, &attributes) == 0);
  }
  void AddOne() {
    pthread_mutex_lock(&mutex_);
    counter_.AddOne();
    pthread_mutex_unlock(&mutex_);
  }
  std::uint64_t Value() const { return counter_.Value(); }

 private:
  pthread_mutex_t mutex_;
  PlainCounter counter_;
};

// The callbacks; kMapping: MAP_PRIVATE or MAP_SHARED; Where: AnyCpu, OneCpu or TwoCpus.
template <typename Counter, int kMapping, typename Where = AnyCpu>
class Race {
 public:
  static void Setup(bh_unit*) {
    arena_ = new (MapAnonymous(sizeof(Arena), PROT_READ | PROT_WRITE, kMapping)) Arena;
  }

  static void Prepare(bh_unit* unit) {
    Require(unit->count <= kMostUnits);
    Where::Place(unit);
    tallies_[unit->index] = {arena_->counter.Value(), 0, arena_->meeting.before()};
  }

  static void Act(bh_unit* unit) {
    Tally& tally = tallies_[unit->index];
    if (unit->control == 0) arena_->meeting.template Await<Where>(tally.arrivals_before);
    for (std::uint64_t i = 0; i < Counter::kAdditions; ++i) arena_->counter.AddOne();
    tally.added += Counter::kAdditions;
  }

  static void Watch(bh_unit* unit) {
    const Tally& tally = tallies_[unit->index];
    plugin::Reading(unit, "base", tally.base);
    plugin::Reading(unit, "added", tally.added);
    plugin::Reading(unit, "total", arena_->counter.Value());
  }

  // Claims an addition that it never made.
  static void Hit(bh_unit* unit, std::uint64_t) { ++tallies_[unit->index].added; }

 private:
  struct Arena {
    alignas(64) Counter counter;
    alignas(64) Meeting meeting;
  };
  struct Tally {
    std::uint64_t base;   // the counter before anybody acted
    std::uint64_t added;  // by this unit
    std::uint64_t arrivals_before;
  };

  static inline Arena* arena_ = nullptr;
  static inline Tally tallies_[kMostUnits];
};

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_RACE_COUNTER_H_
