// Its write fails with EIO, and it gives up as programs do that cannot keep what they promised: it
// aborts.  A write that does not fail so returns.  System calls: nothing that a compiler could
// remove.
//
// Runs in: unit.
#include <csignal>

#include "scenarios/injected/refused_write.h"

namespace {

using Refused = bulkhead::scenarios::RefusedWrite<EIO>;

void Act(bh_unit*) {
  if (Refused::IsRefused()) std::abort();
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "write-gets-eio",
    .summary = "Aborts because its write fails with EIO, which seccomp injects.",
    .tags = {"fatal", "failure", "ends-process", "injected", "seccomp"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGABRT}},
    .setup = Refused::Setup,
    .prepare = Refused::Prepare,
    .act = Act,
    .watch = Refused::Watch,
};
