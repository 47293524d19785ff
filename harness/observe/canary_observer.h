// Is a bystander's memory what it was, and does the bystander still act?  It answers a challenge
// with a digest over its whole canary, mixed with a nonce that it could not know before.
//
// Runs in: supervisor.
// How it can lie: a unit that has kept a copy of the undamaged content elsewhere can answer for it.
// A wrong write that stores just the expected word is not seen (1 in 2^64).
#ifndef BULKHEAD_OBSERVE_CANARY_OBSERVER_H_
#define BULKHEAD_OBSERVE_CANARY_OBSERVER_H_

#include <cstdint>

#include "harness/model/trial.h"
#include "harness/model/wire.h"

namespace bulkhead {

// What the supervisor must know to check a unit's answers.
struct CanaryExpectation {
  std::uint64_t seed = 0;
  std::uint64_t words = 0;  // 0: the unit has none and only shows that it acts
};

// `answer` must be to the challenge with `nonce` (the caller has compared them).
Answered Verify(const wire::Answer& answer, std::uint64_t nonce, const CanaryExpectation& expected);

}  // namespace bulkhead

#endif  // BULKHEAD_OBSERVE_CANARY_OBSERVER_H_
