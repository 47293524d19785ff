// The victim blocks and ignores what it can and never gets ready.
#include <unistd.h>

#include <csignal>

#include "scenarios/common.h"

namespace {

void Prepare(bh_unit* unit) {
  if (unit->index != bulkhead::scenarios::kVictim) return;
  signal(SIGTERM, SIG_IGN);
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, nullptr);
  for (;;) pause();
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "prepare-hang",
    .summary = "Never gets ready and takes no signal but SIGKILL.",
    .kind = BH_FAULT,
    .ends = {{BH_END_RETURN, 0}},
    .prepare = Prepare,
};
