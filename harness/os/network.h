// Network namespaces, and what links them: veth pairs into a bridge.
//
// Runs in: zygote and the first steps of a unit.  Everything acts on the calling thread's network
// namespace and lives no longer than the last process or descriptor that refers to it.  Needs
// CAP_SYS_ADMIN and CAP_NET_ADMIN.  Source: network_namespaces(7), veth(4), netdevice(7),
// rtnetlink(7).  By ioctls and one netlink message: a library for it would be mapped into every
// unit.
#ifndef BULKHEAD_OS_NETWORK_H_
#define BULKHEAD_OS_NETWORK_H_

#include <cstdint>

#include "harness/base/error.h"
#include "harness/base/unique_fd.h"

namespace bulkhead::os {

// The namespace that the calling thread is in.
Expected<UniqueFd> CurrentNetwork();

// Moves the calling thread into a fresh namespace, in which only loopback is up.
Expected<UniqueFd> EnterNewNetwork();
Expected<void> EnterNetwork(int network);

Expected<void> AddBridge(const char* name);
Expected<void> JoinBridge(const char* bridge, const char* port);

// A pair of interfaces: `name` here, `peer` in the namespace `peer_network`.
Expected<void> AddVethPair(const char* name, const char* peer, int peer_network);

// `address` in network byte order.
Expected<void> SetAddress(const char* name, std::uint32_t address, int prefix_bits);
Expected<void> SetLinkUp(const char* name);

}  // namespace bulkhead::os

#endif  // BULKHEAD_OS_NETWORK_H_
