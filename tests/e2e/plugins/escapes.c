/* Leaves a grandchild behind that no death of the supervisor reaches: in a session of its own, and
 * without PDEATHSIG.  Then it never comes back, so that the trial is still in flight when the
 * supervisor is killed. */
#include "harness/plugin/bulkhead.h"

#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

static void act(bh_unit* unit) {
  (void)unit;
  if (fork() == 0) {
    setsid();
    if (fork() == 0) {
      prctl(PR_SET_PDEATHSIG, 0);
      signal(SIGTERM, SIG_IGN);
      prctl(PR_SET_NAME, "e2e-escaped");
      sleep(3600);
    }
    _exit(0);
  }
  for (;;) pause();
}

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "e2e-escapes",
    .summary = "Its grandchild escapes the death of the supervisor.",
    .tags = {"e2e-only"},
    .kind = BH_FAULT,
    .danger = BH_CONTAINED,
    .ends = {{BH_END_RETURN, 0}},
    .act = act,
};
