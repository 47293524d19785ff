// The canary: memory filled from a seed, and a digest over all of it that only somebody who has the
// whole content can compute for a fresh nonce.
//
// Runs in: unit (over its real memory) and supervisor (over the pattern that ought to be there).
// Async-signal-safe.
#ifndef BULKHEAD_MODEL_CANARY_H_
#define BULKHEAD_MODEL_CANARY_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "harness/base/random.h"

namespace bulkhead {

inline constexpr std::size_t kCanaryBytes = 65536;

// Word `index` of the pattern.  A wrong write is missed only if it stores just this value.
constexpr std::uint64_t CanaryWord(std::uint64_t seed, std::uint64_t index) {
  return seed + index * 0x9e3779b97f4a7c15u;
}

// Four independent lanes hide the latency of the multiplication.  Each step is a bijection of the
// lane, so that any single wrong word changes the digest with certainty.
class CanaryDigest {
 public:
  explicit CanaryDigest(std::uint64_t nonce) {
    for (std::size_t lane = 0; lane < lanes_.size(); ++lane) lanes_[lane] = Derive(nonce, lane);
  }
  void Add4(std::uint64_t a, std::uint64_t b, std::uint64_t c, std::uint64_t d) {
    lanes_[0] = (lanes_[0] ^ a) * kOdd;
    lanes_[1] = (lanes_[1] ^ b) * kOdd;
    lanes_[2] = (lanes_[2] ^ c) * kOdd;
    lanes_[3] = (lanes_[3] ^ d) * kOdd;
  }
  void Add(std::uint64_t word) { lanes_[0] = (lanes_[0] ^ word) * kOdd; }
  std::uint64_t Value() const {
    std::uint64_t value = 0;
    for (std::uint64_t lane : lanes_) value = Scatter(value ^ lane);
    return value;
  }

 private:
  static constexpr std::uint64_t kOdd = 0xd6e8feb86659fd93u;
  std::array<std::uint64_t, 4> lanes_{};
};

// The digest of an undamaged canary of `words` words whose pattern starts at word `first`.
inline void DigestPattern(CanaryDigest& digest, std::uint64_t seed, std::uint64_t first,
                          std::uint64_t words) {
  std::uint64_t i = 0;
  for (; i + 4 <= words; i += 4) {
    digest.Add4(CanaryWord(seed, first + i), CanaryWord(seed, first + i + 1),
                CanaryWord(seed, first + i + 2), CanaryWord(seed, first + i + 3));
  }
  for (; i < words; ++i) digest.Add(CanaryWord(seed, first + i));
}

struct CanaryDamage {
  std::uint64_t offset = 0;  // bytes from the start of the canary to the first wrong word
  std::uint64_t words = 0;   // wrong words
};

// One pass over real memory: digest and what is wrong with it.
inline void DigestMemory(CanaryDigest& digest, CanaryDamage& damage,
                         const volatile std::uint64_t* memory, std::uint64_t seed,
                         std::uint64_t first, std::uint64_t words) {
  std::uint64_t index = first;
  const auto check = [&](const volatile std::uint64_t* at) {
    const std::uint64_t word = *at;
    if (word != CanaryWord(seed, index)) {
      if (damage.words++ == 0) damage.offset = index * sizeof(std::uint64_t);
    }
    ++index;
    return word;
  };
  const volatile std::uint64_t* const end = memory + words;
  for (; end - memory >= 4; memory += 4) {
    const std::uint64_t a = check(memory), b = check(memory + 1), c = check(memory + 2),
                        d = check(memory + 3);
    digest.Add4(a, b, c, d);
  }
  for (; memory != end; ++memory) digest.Add(check(memory));
}

}  // namespace bulkhead

#endif  // BULKHEAD_MODEL_CANARY_H_
