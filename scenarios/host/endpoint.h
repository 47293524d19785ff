// Where the units of a vehicle of hosts listen, each on its own host.
//
// Runs in: unit.
#ifndef BULKHEAD_SCENARIOS_HOST_ENDPOINT_H_
#define BULKHEAD_SCENARIOS_HOST_ENDPOINT_H_

#include <netinet/in.h>
#include <sys/socket.h>

#include "scenarios/common.h"

namespace bulkhead::scenarios {

// The hosts are the trial's own: whatever the port, nobody else is there.
inline sockaddr_in EndpointOf(bh_unit* unit, std::uint32_t index, in_port_t port) {
  sockaddr_in endpoint{};
  endpoint.sin_family = AF_INET;
  endpoint.sin_port = htons(port);
  endpoint.sin_addr.s_addr = plugin::Address(unit, index);
  return endpoint;
}

// A listening socket; `flags` as SOCK_NONBLOCK.
inline int ListenAt(const sockaddr_in& endpoint, int flags = 0) {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | flags, 0);
  const int yes = 1;  // an earlier trial's connections may linger on this host
  Require(setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0);
  Require(bind(listener, reinterpret_cast<const sockaddr*>(&endpoint), sizeof endpoint) == 0);
  Require(listen(listener, 16) == 0);
  return listener;
}

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_HOST_ENDPOINT_H_
