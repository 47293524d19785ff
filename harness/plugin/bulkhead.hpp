// C++ face of the plugin contract: what a scenario source includes.
//
//   #include <bulkhead.hpp>
//   namespace {
//   void Act(bh_unit*) { ... }
//   }  // namespace
//   const bh_scenario bulkhead_scenario = {
//       .abi_version = BH_ABI_VERSION, .size = sizeof(bh_scenario), .name = "my-fault", ...};
//
// Runs in: unit.
#ifndef BULKHEAD_HPP_
#define BULKHEAD_HPP_

#include <bulkhead.h>

#include <cstddef>
#include <cstdint>

// A scenario names the fields of its description that matter; the others are zero on purpose, which
// gcc's -Wextra reports in C++ (clang, and gcc in C, do not).
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

namespace bulkhead::plugin {

inline void Reading(bh_unit* unit, const char* name, std::uint64_t value) {
  unit->api->reading(unit, name, value);
}
inline void Gone(bh_unit* unit, const char* name) { unit->api->gone(unit, name); }
inline void Region(bh_unit* unit, const char* name, const void* low, std::size_t bytes) {
  unit->api->region(unit, name, low, bytes);
}
inline void Samples(bh_unit* unit, const char* name, const std::uint64_t* values,
                    std::size_t count) {
  unit->api->samples(unit, name, values, count);
}
inline void Guard(bh_unit* unit, std::uint32_t owner, void* memory, std::size_t bytes) {
  unit->api->guard(unit, owner, memory, bytes);
}

inline std::uint32_t Address(bh_unit* unit, std::uint32_t index) {
  return unit->api->address(unit, index);
}

// Hides where a value comes from, so that the compiler can neither prove a fault undefined nor
// delete it.  gcc deletes even a volatile store through a constant null in a static function.
template <typename T>
inline T Opaque(T value) {
  asm volatile("" : "+r"(value) : : "memory");
  return value;
}

}  // namespace bulkhead::plugin

// A function that keeps its body whatever the optimiser proves about its callers.
#if defined(__clang__)
#define BH_KEEP __attribute__((noinline, optnone))
#else
#define BH_KEEP __attribute__((noipa))
#endif

#endif  // BULKHEAD_HPP_
