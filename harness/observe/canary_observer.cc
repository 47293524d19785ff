#include "harness/observe/canary_observer.h"

#include "harness/model/canary.h"

namespace bulkhead {

Answered Verify(const wire::Answer& answer, std::uint64_t nonce,
                const CanaryExpectation& expected) {
  CanaryDigest digest(nonce);
  DigestPattern(digest, expected.seed, 0, expected.words);
  return Answered{answer.digest == digest.Value(), answer.damage_offset, answer.damage_words,
                  answer.beats};
}

}  // namespace bulkhead
