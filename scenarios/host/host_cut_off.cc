// The victim takes its host's only link down and sees that nobody can be reached any more.  The
// services on the other hosts must go on answering each other.  System calls: nothing that a
// compiler could remove.
//
// Runs in: unit.  The vehicle links the host again for the next trial.
#include <net/if.h>
#include <sys/ioctl.h>

#include <cstring>

#include "scenarios/host/service.h"

namespace {

using bulkhead::scenarios::kVictim;
using bulkhead::scenarios::Require;
using bulkhead::scenarios::Service;

// The interface that is not loopback.
void FindLink(char (&name)[IFNAMSIZ]) {
  struct if_nameindex* links = if_nameindex();
  Require(links != nullptr);
  for (const struct if_nameindex* link = links; link->if_index != 0; ++link) {
    if (std::strcmp(link->if_name, "lo") != 0) std::strncpy(name, link->if_name, IFNAMSIZ - 1);
  }
  if_freenameindex(links);
}

void Act(bh_unit* unit) {
  Require(Service::Ask(unit, 1, unit->token));
  ifreq link{};
  FindLink(link.ifr_name);
  const int control = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  Require(ioctl(control, SIOCGIFFLAGS, &link) == 0);
  link.ifr_flags = static_cast<short>(link.ifr_flags & ~IFF_UP);
  Require(ioctl(control, SIOCSIFFLAGS, &link) == 0);
  close(control);
  Require(!Service::Ask(unit, 1, unit->token));
}

void Watch(bh_unit* unit) {
  if (unit->index != kVictim) Service::RequireOthers(unit);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "host-cut-off",
    .summary = "Cuts the link of one host; the other hosts' services ask each other.",
    .tags = {"host", "network"},
    .kind = BH_FAULT,
    .ends = {{BH_END_RETURN, 0}},
    .needs = {"hosts", "CAP_NET_ADMIN"},
    .prepare = Service::Start,
    .act = Act,
    .watch = Watch,
};
