// The victim leaves a daemon that has a daemon of its own: the second comes to the supervisor only
// when the first is gone.
#include <unistd.h>

#include "scenarios/common.h"

namespace {

void Act(bh_unit*) {
  int made[2];
  bulkhead::scenarios::Require(pipe(made) == 0);
  if (fork() == 0) {
    setsid();
    if (fork() == 0) {
      setsid();
    } else {
      (void)!write(made[1], "", 1);
    }
    for (;;) pause();
  }
  char byte;
  bulkhead::scenarios::Require(read(made[0], &byte, 1) == 1);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "act-orphan-chain",
    .summary = "Leaves a daemon with a daemon of its own.",
    .kind = BH_FAULT,
    .ends = {{BH_END_RETURN, 0}},
    .act = Act,
};
