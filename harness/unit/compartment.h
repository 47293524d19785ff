// What all units of a zygote have in common and inherit from it: the loaded scenario and the
// canaries' memory.
//
// Runs in: zygote, unit.
#ifndef BULKHEAD_UNIT_COMPARTMENT_H_
#define BULKHEAD_UNIT_COMPARTMENT_H_

#include <cstdint>
#include <string>

#include "bulkhead.h"
#include "harness/base/error.h"
#include "harness/model/canary.h"
#include "harness/model/wire.h"

namespace bulkhead {

// Memory beyond the standard canary that a scenario wants watched (bh_api.guard).
struct GuardedMemory {
  std::uint32_t owner;
  std::uint64_t* words;
  std::size_t count;
};

inline constexpr std::uint64_t kCanaryWords = kCanaryBytes / sizeof(std::uint64_t);

class Compartment {
 public:
  // Loads the plugin, checks its ABI, maps the canaries and runs `setup`.  The plugin's
  // constructors and `setup` run here: they may do anything to this process.
  static Expected<Compartment> Load(const std::string& plugin);

  const bh_scenario& scenario() const { return *scenario_; }
  wire::Hello Describe() const;

  // Fills the canaries of units 1 .. units - 1, once: what is forked from here inherits them and
  // shares the pages until somebody writes.  Filling in each unit would cost a tenth of a trial.
  void FillCanaries(std::uint64_t seed, std::uint32_t units);
  bool HoldsCanary(std::uint32_t unit, std::uint64_t seed) const;

  // The same address in all units that were forked from here.
  std::uint64_t* CanaryOf(std::uint32_t unit) const;

  // A unit's canary, stretch by stretch: the standard pages, then what the scenario had guarded, as
  // one pattern.  `visit(words, number of the first, count)`; returns the number of words in all.
  template <typename Visit>
  std::uint64_t ForEachStretch(std::uint32_t unit, Visit visit) const {
    visit(CanaryOf(unit), std::uint64_t{0}, kCanaryWords);
    std::uint64_t first = kCanaryWords;
    for (std::size_t i = 0; i < guarded_count_; ++i) {
      if (guarded_[i].owner != unit) continue;
      visit(guarded_[i].words, first, std::uint64_t{guarded_[i].count});
      first += guarded_[i].count;
    }
    return first;
  }

 private:
  Compartment() = default;
  static void AddGuard(bh_unit* unit, std::uint32_t owner, void* memory, std::size_t bytes);

  const bh_scenario* scenario_ = nullptr;
  std::uint64_t* canaries_ = nullptr;
  std::uint64_t filled_seed_ = 0;
  std::uint32_t filled_units_ = 0;
  static constexpr std::size_t kMostGuards = 8;
  GuardedMemory guarded_[kMostGuards] = {};
  std::size_t guarded_count_ = 0;
};

}  // namespace bulkhead

#endif  // BULKHEAD_UNIT_COMPARTMENT_H_
