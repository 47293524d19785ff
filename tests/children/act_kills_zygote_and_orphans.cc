// The victim kills its zygote and leaves a daemon that holds all that the zygote had open: no end
// of file tells of the zygote's end.
#include <unistd.h>

#include <csignal>

#include "scenarios/common.h"

namespace {

void Act(bh_unit*) {
  const pid_t zygote = getsid(0);
  if (fork() == 0) {
    setsid();
    for (;;) pause();
  }
  kill(zygote, SIGKILL);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "act-kills-zygote-and-orphans",
    .summary = "Kills its zygote and leaves a daemon that keeps the zygote's descriptors.",
    .kind = BH_FAULT,
    .ends = {{BH_END_RETURN, 0}},
    .act = Act,
};
