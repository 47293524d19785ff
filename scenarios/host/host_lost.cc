// Every process of the victim's host is killed, as if the host had lost power: a second one that
// the unit had started there, and the unit itself.  The services on the other hosts must go on
// answering each other.  System calls: nothing that a compiler could remove.
//
// Runs in: unit.
#include <csignal>
#include <optional>

#include "scenarios/host/service.h"

namespace {

using bulkhead::scenarios::kVictim;
using bulkhead::scenarios::PartnerProcess;
using bulkhead::scenarios::Service;

std::optional<PartnerProcess> g_daemon;

void EndDaemon() {
  kill(g_daemon->pid(), SIGKILL);
  g_daemon.reset();  // reaped
}

void Prepare(bh_unit* unit) {
  if (unit->index == kVictim) {  // while there is one thread
    g_daemon.emplace(
        [](void*) {
          for (;;) pause();
        },
        nullptr);
  }
  Service::Start(unit);
}

void Act(bh_unit*) {
  EndDaemon();
  kill(getpid(), SIGKILL);
}

void Watch(bh_unit* unit) { unit->index == kVictim ? EndDaemon() : Service::RequireOthers(unit); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "host-lost",
    .summary = "Kills every process of one host; the other hosts' services ask each other.",
    .tags = {"host", "network"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGKILL}},
    .needs = {"hosts"},
    .prepare = Prepare,
    .act = Act,
    .watch = Watch,
};
