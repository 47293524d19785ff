// Replaces its process image by /bin/true: the process keeps its number, but all its threads and
// all its memory are gone, and it soon exits with 0.  The call has an effect that no compiler may
// remove.
//
// Without a /bin/true it returns, and the trial does not count.
//
// Runs in: unit.
#include <unistd.h>

#include "scenarios/common.h"

namespace {

void Act(bh_unit*) {
  char name[] = "true";
  char* arguments[] = {name, nullptr};
  char* environment[] = {nullptr};
  execve("/bin/true", arguments, environment);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "exec-away",
    .summary = "Replaces its process image by /bin/true.",
    .tags = {"failure", "ends-process", "exec"},
    .kind = BH_FAULT,
    .ends = {{BH_END_EXIT, 0}},
    .act = Act,
};
