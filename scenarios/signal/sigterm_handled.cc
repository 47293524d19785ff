// Raises SIGTERM, handles it and goes on.  The handler counts; an act that it has not seen aborts.
//
// Runs in: unit.
#include <csignal>

#include "scenarios/common.h"

namespace {

using bulkhead::scenarios::Require;

volatile std::sig_atomic_t g_handled = 0;

void Handle(int) { g_handled = 1; }

void Prepare(bh_unit* unit) {
  if (unit->index != bulkhead::scenarios::kVictim) return;
  struct sigaction action {};
  action.sa_handler = Handle;
  Require(sigaction(SIGTERM, &action, nullptr) == 0);
}

void Act(bh_unit*) {
  raise(SIGTERM);
  Require(g_handled == 1);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "sigterm-handled",
    .summary = "Raises SIGTERM, handles it and goes on.",
    .tags = {"signal", "handled"},
    .kind = BH_FAULT,
    .ends = {{BH_END_RETURN, 0}},
    .prepare = Prepare,
    .act = Act,
};
