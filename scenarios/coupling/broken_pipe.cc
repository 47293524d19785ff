// The victim is the only reader of a pipe from each bystander and kills its own process.  Each
// bystander then writes, and SIGPIPE's default action ends it.  System calls: nothing that a
// compiler could remove.
//
// Runs in: unit.
#include <fcntl.h>

#include <csignal>

#include "scenarios/ipc/courier.h"

namespace {

using bulkhead::scenarios::kMostUnits;
using bulkhead::scenarios::kVictim;
using bulkhead::scenarios::Require;

bulkhead::scenarios::Couriers g_couriers;

void Setup(bh_unit*) { g_couriers.Make(); }

void Prepare(bh_unit* unit) {
  Require(unit->count <= kMostUnits);
  Require(signal(SIGPIPE, SIG_DFL) != SIG_ERR);
  if (unit->index != kVictim) return;
  for (std::uint32_t i = 1; i < unit->count; ++i) {
    int ends[2];
    Require(pipe2(ends, O_CLOEXEC) == 0);  // the victim keeps the read end
    g_couriers.Send(i, ends[1]);
  }
}

void Act(bh_unit*) { kill(getpid(), SIGKILL); }

void Watch(bh_unit* unit) {
  if (unit->index == kVictim) return;
  const int pipe = g_couriers.Take(unit->index);
  if (pipe < 0) return;  // exec: nobody reads from it
  Require(write(pipe, "", 1) == 1);
  close(pipe);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "broken-pipe",
    .summary = "Is killed as the only reader of pipes to which the bystanders then write.",
    .tags = {"coupled", "signal", "ipc"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGKILL}},
    .setup = Setup,
    .prepare = Prepare,
    .act = Act,
    .watch = Watch,
};
