// What a unit says of itself, taken strictly: anything that is not exactly a message of the
// protocol is Garbage.
//
// Runs in: supervisor.
// How it can lie: in everything.  That is why readings are compared with tokens that only their
// owner was given, and why deaths and hangs need the kernel's word too.
#ifndef BULKHEAD_OBSERVE_MESSAGE_OBSERVER_H_
#define BULKHEAD_OBSERVE_MESSAGE_OBSERVER_H_

#include <cstddef>
#include <span>

#include "harness/model/trial.h"
#include "harness/model/wire.h"

namespace bulkhead {

// The event that a unit-said message stands for, for all messages that need no knowledge of the
// trial (Ready, Returned, Faulted, Reading, Region, Samples).  Firing and Answer are the caller's:
// it knows what they must echo.
Event Understand(std::span<const std::byte> message);

}  // namespace bulkhead

#endif  // BULKHEAD_OBSERVE_MESSAGE_OBSERVER_H_
