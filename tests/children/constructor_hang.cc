// A plugin whose constructor never returns, with every signal blocked that can be.
#include <unistd.h>

#include <csignal>

#include "scenarios/common.h"

namespace {

__attribute__((constructor)) void Hang() {
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, nullptr);
  for (;;) pause();
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "constructor-hang",
    .summary = "Never finishes loading.",
    .kind = BH_FAULT,
    .ends = {{BH_END_RETURN, 0}},
};
