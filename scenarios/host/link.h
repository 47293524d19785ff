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

// Needs CAP_NET_ADMIN.
inline void CutLink() {
  ifreq link{};
  std::strcpy(link.ifr_name, "host");  // as the vehicle calls it on every host
  const int control = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  Require(ioctl(control, SIOCGIFFLAGS, &link) == 0);
  link.ifr_flags = static_cast<short>(link.ifr_flags & ~IFF_UP);
  Require(ioctl(control, SIOCSIFFLAGS, &link) == 0);
  close(control);
}

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_HOST_LINK_H_
