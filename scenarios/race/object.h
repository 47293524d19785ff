// The object that is published before it is ready: the victim hands out one object after the other
// through pointers, and the bystanders look into each as soon as they see its pointer.  Each
// source chooses whether the pointer is stored before the object is filled, as in a lazy
// initialisation that forgets about its readers, or after it, with release and acquire.
//
// Stores and loads are volatile or atomic: the order in the source is that of the program.
//
// Runs in: unit.
#ifndef BULKHEAD_SCENARIOS_RACE_OBJECT_H_
#define BULKHEAD_SCENARIOS_RACE_OBJECT_H_

#include "scenarios/race/together.h"

namespace bulkhead::scenarios {

struct alignas(64) Object {
  volatile std::uint64_t words[16];  // all zero until it is ready

  void Fill(std::uint64_t token) {
    for (volatile std::uint64_t& word : words) word = token;
  }
  std::uint64_t last() const { return words[15]; }
};

class EarlyPublication {
 public:
  void Publish(Object* object, std::uint64_t token) {
    object_ = object;
    object->Fill(token);
  }
  Object* Look() const { return object_; }

 private:
  Object* volatile object_ = nullptr;
};

class OrderedPublication {
 public:
  void Publish(Object* object, std::uint64_t token) {
    object->Fill(token);
    object_.store(object, std::memory_order_release);
  }
  Object* Look() const { return object_.load(std::memory_order_acquire); }

 private:
  std::atomic<Object*> object_ = nullptr;
};

// The callbacks.
template <typename Publication>
class UnreadyObject {
 public:
  static void Setup(bh_unit*) {
    arena_ = new (MapAnonymous(sizeof(Arena), PROT_READ | PROT_WRITE, MAP_PRIVATE)) Arena;
  }

  static void Prepare(bh_unit* unit) {
    sightings_.Begin(unit);
    Apart::Place(unit);
  }

  static void Act(bh_unit* unit) {
    if (unit->index == kVictim) {
      PublishAll(unit);
    } else {
      LookAtAll(unit);
    }
  }

  static void Watch(bh_unit* unit) { sightings_.Report(unit, "unready-object"); }

  static void Hit(bh_unit* unit, std::uint64_t foreign) { sightings_.Saw(unit, foreign); }

 private:
  static constexpr std::uint64_t kObjects = 100;
  static constexpr std::memory_order kRelaxed = std::memory_order_relaxed;  // orders nothing else

  struct Arena {
    struct alignas(64) Slot {
      Publication publication;
    } slots[kObjects];
    Object objects[kObjects];
    std::atomic<std::uint64_t> looks_at[kMostUnits];  // by bystander: number of its slot, from 1
  };

  // How long a unit waits for others, in all: some need a processor first, and where memory is
  // private nobody ever comes.
  class Patience {
   public:
    template <typename Condition>
    bool Await(Condition condition) {
      for (; polls_ > 0; --polls_) {
        if (condition()) return true;
      }
      return false;
    }

   private:
    int polls_ = 1'000'000;  // a few ms
  };

  static void PublishAll(const bh_unit* unit) {
    Patience patience;
    for (std::uint64_t i = 0; i < kObjects; ++i) {
      // In the control nobody looks yet.
      if (unit->control == 0) patience.Await([&] { return SomebodyLooksAt(i, unit->count); });
      arena_->slots[i].publication.Publish(&arena_->objects[i], unit->token);
    }
  }

  static bool SomebodyLooksAt(std::uint64_t slot, std::uint32_t units) {
    for (std::uint32_t unit = kVictim + 1; unit < units; ++unit) {
      if (arena_->looks_at[unit].load(kRelaxed) > slot) return true;
    }
    return false;
  }

  static void LookAtAll(const bh_unit* unit) {
    Patience patience;
    for (std::uint64_t i = 0; i < kObjects; ++i) {
      arena_->looks_at[unit->index].store(i + 1, kRelaxed);
      const Object* object = nullptr;
      if (!patience.Await(
              [&] { return (object = arena_->slots[i].publication.Look()) != nullptr; })) {
        return;
      }
      if (object->last() != 0) continue;
      // Whose it will be: what the pointer promised comes only now.
      std::uint64_t late = 0;
      if (patience.Await([&] { return (late = object->last()) != 0; })) sightings_.Saw(unit, late);
    }
  }

  static inline Arena* arena_ = nullptr;
  static inline Sightings sightings_;
};

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_RACE_OBJECT_H_
