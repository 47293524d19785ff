// Ways to fail that several of the case studies have in common.  They stay whole functions: no
// compiler sees from outside that they end badly.
//
// Runs in: unit.
#ifndef BULKHEAD_SCENARIOS_CASE_WAYS_H_
#define BULKHEAD_SCENARIOS_CASE_WAYS_H_

#include <cstring>
#include <new>
#include <stdexcept>

#include "scenarios/limit/limit.h"

namespace bulkhead::scenarios {

BH_KEEP inline void StoreThroughNull() { *plugin::Opaque(static_cast<volatile int*>(nullptr)) = 1; }

BH_KEEP inline void Throw() { throw std::runtime_error("thrown on purpose"); }

// Loads pictures and keeps them, until std::bad_alloc.  Room for eight, and half a one for the
// stack to grow in: without it the end would be SIGSEGV.
BH_KEEP inline void LoadPicturesForEver() {
  constexpr std::size_t kPicture = 1 << 20, kSky = 4096;
  LimitTo(RLIMIT_AS, AddressSpaceBytes() + 8 * kPicture + kPicture / 2);
  for (;;) std::memset(plugin::Opaque(::operator new(kPicture)), 0xff, kSky);
}

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_CASE_WAYS_H_
