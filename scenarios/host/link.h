// The one link of a unit's host, which the vehicle makes and repairs for the next trial.
//
// Runs in: unit.  Source: netdevice(7).
#ifndef BULKHEAD_SCENARIOS_HOST_LINK_H_
#define BULKHEAD_SCENARIOS_HOST_LINK_H_

#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>

#include "scenarios/common.h"

namespace bulkhead::scenarios {

// The interface that is not loopback.
inline void FindLink(char (&name)[IFNAMSIZ]) {
  struct if_nameindex* links = if_nameindex();
  Require(links != nullptr);
  for (const struct if_nameindex* link = links; link->if_index != 0; ++link) {
    if (std::strcmp(link->if_name, "lo") != 0) std::strncpy(name, link->if_name, IFNAMSIZ - 1);
  }
  if_freenameindex(links);
}

// Needs CAP_NET_ADMIN.
inline void CutLink() {
  ifreq link{};
  FindLink(link.ifr_name);
  const int control = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  Require(ioctl(control, SIOCGIFFLAGS, &link) == 0);
  link.ifr_flags = static_cast<short>(link.ifr_flags & ~IFF_UP);
  Require(ioctl(control, SIOCSIFFLAGS, &link) == 0);
  close(control);
}

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_HOST_LINK_H_
