// Writing to a file fails in one unit only: a seccomp filter answers the victim's write with an
// error, as if the disk were broken or full for it alone.  Bystanders write to the same file, and
// one that is refused aborts.
//
// The filter names the file's descriptor, and no other write of the unit meets it.  The file is in
// memory, has no name, and is open in all units.
//
// Runs in: zygote (setup) and unit.
#ifndef BULKHEAD_SCENARIOS_INJECTED_REFUSED_WRITE_H_
#define BULKHEAD_SCENARIOS_INJECTED_REFUSED_WRITE_H_

#include <sys/mman.h>

#include <cerrno>

#include "scenarios/signal/refuse_call.h"

namespace bulkhead::scenarios {

template <int kError>
class RefusedWrite {
 public:
  static void Setup(bh_unit*) {
    file_ = memfd_create("bulkhead-written", MFD_CLOEXEC);
    Require(file_ >= 0);
  }

  static void Prepare(bh_unit* unit) {
    if (unit->index == kVictim) RefuseCallOn(file_, FailWith(kError), SYS_write);
  }

  static bool IsRefused() { return write(file_, "", 1) < 0 && errno == kError; }

  static void Watch(bh_unit* unit) {
    if (unit->index != kVictim) Require(write(file_, "", 1) == 1);
  }

 private:
  static inline int file_ = -1;
};

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_INJECTED_REFUSED_WRITE_H_
