// The whole life of one unit: ready, act, answer challenges, leave.  The same in every vehicle.
//
// Runs in: unit (and host).
#ifndef BULKHEAD_UNIT_LIFE_H_
#define BULKHEAD_UNIT_LIFE_H_

#include <cstdint>

#include "harness/unit/compartment.h"

namespace bulkhead {

// The briefing of `trial` is taken from the channel; what lies before it is passed over.
// Returns when the supervisor has released the unit or is gone.  Nothing in here catches what the
// scenario throws: an uncaught exception must end as it would anywhere.
void LiveUnit(const Compartment& compartment, std::uint64_t trial, std::uint32_t index,
              int channel);

// What all units need and can have made before they exist.  In the zygote, once.
void PrepareForUnits();

// The life of a host: it waits to be released.
void LiveHost(std::uint64_t trial, int channel);

}  // namespace bulkhead

#endif  // BULKHEAD_UNIT_LIFE_H_
