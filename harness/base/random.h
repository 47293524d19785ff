// Deterministic random numbers: every choice of a run follows from its seed.
//
// Runs in: anywhere.  Async-signal-safe.
// Source: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014
// (SplitMix64).
#ifndef BULKHEAD_BASE_RANDOM_H_
#define BULKHEAD_BASE_RANDOM_H_

#include <cstdint>

namespace bulkhead {

// A bijection of 64 bits that scatters neighbouring values.
constexpr std::uint64_t Scatter(std::uint64_t value) {
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9u;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebu;
  return value ^ (value >> 31);
}

// A seed of its own for part `index` of whatever `seed` stands for.
constexpr std::uint64_t Derive(std::uint64_t seed, std::uint64_t index) {
  return Scatter(seed + 0x9e3779b97f4a7c15u * (index + 1));
}

class Random {
 public:
  using result_type = std::uint64_t;  // usable with the standard algorithms
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t operator()() { return Scatter(state_ += 0x9e3779b97f4a7c15u); }
  // Uniform in [0, bound), bound > 0.  The bias is below bound / 2^64.
  std::uint64_t Below(std::uint64_t bound) {
    __extension__ using Wide = unsigned __int128;  // Lemire's multiply-shift, without the rejection
    return static_cast<std::uint64_t>((static_cast<Wide>((*this)()) * bound) >> 64);
  }
  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return ~result_type{0}; }

 private:
  std::uint64_t state_;
};

}  // namespace bulkhead

#endif  // BULKHEAD_BASE_RANDOM_H_
