/* Leaves a grandchild behind: in a session of its own, deaf to SIGTERM, at work for an hour. */
#include "harness/plugin/bulkhead.h"

#include <signal.h>
#include <unistd.h>

static void act(bh_unit* unit) {
  (void)unit;
  if (fork() == 0) {
    setsid();
    if (fork() == 0) {
      signal(SIGTERM, SIG_IGN);
      sleep(3600);
    }
    _exit(0);
  }
}

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "e2e-orphans",
    .summary = "Orphans a grandchild.",
    .tags = {"e2e-only"},
    .kind = BH_FAULT,
    .danger = BH_CONTAINED,
    .ends = {{BH_END_RETURN, 0}},
    .act = act,
};
