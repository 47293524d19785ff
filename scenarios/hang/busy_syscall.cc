// Makes one system call after the other for ever, burning CPU time in the kernel.  The calls have
// effects, as far as a compiler knows.
//
// Runs in: unit.
#include <sys/syscall.h>
#include <unistd.h>

#include "scenarios/common.h"

namespace {

void Act(bh_unit*) {
  for (;;) syscall(SYS_getppid);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "busy-syscall",
    .summary = "Makes system calls for ever.",
    .tags = {"failure", "busy"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SPINNING, 0}},
    .act = Act,
};
