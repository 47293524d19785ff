// What all units of a zygote have in common and inherit from it: the loaded scenario and the
// canaries' memory.
//
// Runs in: zygote, unit.
#ifndef BULKHEAD_UNIT_COMPARTMENT_H_
#define BULKHEAD_UNIT_COMPARTMENT_H_

#include <cstdint>
#include <span>
#include <string>

#include "bulkhead.h"
#include "harness/base/error.h"
#include "harness/model/wire.h"

namespace bulkhead {

// Memory beyond the standard canary that a scenario wants watched (bh_api.guard).
struct GuardedMemory {
  std::uint32_t owner;
  std::uint64_t* words;
  std::size_t count;
};

class Compartment {
 public:
  // Loads the plugin, checks its ABI, maps the canaries and runs `setup`.  The plugin's
  // constructors and `setup` run here: they may do anything to this process.
  static Expected<Compartment> Load(const std::string& plugin);

  const bh_scenario& scenario() const { return *scenario_; }
  wire::Hello Describe() const;

  // The same address in all units that were forked from here.
  std::uint64_t* CanaryOf(std::uint32_t unit) const;
  std::span<const GuardedMemory> guarded() const { return {guarded_, guarded_count_}; }

 private:
  Compartment() = default;
  static void AddGuard(bh_unit* unit, std::uint32_t owner, void* memory, std::size_t bytes);

  const bh_scenario* scenario_ = nullptr;
  std::uint64_t* canaries_ = nullptr;
  static constexpr std::size_t kMostGuards = 8;
  GuardedMemory guarded_[kMostGuards] = {};
  std::size_t guarded_count_ = 0;
};

}  // namespace bulkhead

#endif  // BULKHEAD_UNIT_COMPARTMENT_H_
