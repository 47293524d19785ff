// A TCP connection of this process with itself on the loopback interface.
//
// Runs in: zygote (setup) and unit.
#ifndef BULKHEAD_SCENARIOS_IPC_LOOPBACK_H_
#define BULKHEAD_SCENARIOS_IPC_LOOPBACK_H_

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace bulkhead::scenarios {

// What is sent over the loopback interface arrives by a soft interrupt, which a busy machine may
// put off.  Shorter than the time after which a silent bystander counts as stalled.
inline constexpr int kLoopbackPatienceMs = 50;

// Does the connection that `accepted` came by start at `connected`?  A stranger may be faster.
inline bool IsPeer(int accepted, int connected) {
  sockaddr_in peer{}, own{};
  socklen_t bytes = sizeof(peer);
  if (getpeername(accepted, reinterpret_cast<sockaddr*>(&peer), &bytes) != 0) return false;
  bytes = sizeof(own);
  if (getsockname(connected, reinterpret_cast<sockaddr*>(&own), &bytes) != 0) return false;
  return peer.sin_port == own.sin_port && peer.sin_addr.s_addr == own.sin_addr.s_addr;
}

// `ends` are connected; the first one, when it is closed, leaves no connection in TIME_WAIT.
inline bool ConnectLoopback(int (&ends)[2]) {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  ends[0] = -1;
  ends[1] = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);  // port 0: the kernel chooses a free one
  auto* name = reinterpret_cast<sockaddr*>(&address);
  socklen_t bytes = sizeof(address);
  if (bind(listener, name, bytes) == 0 && listen(listener, 1) == 0 &&
      getsockname(listener, name, &bytes) == 0 && connect(ends[1], name, bytes) == 0) {
    ends[0] = accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
  }
  close(listener);
  const linger at_once{1, 0};
  const int yes = 1;
  return ends[0] >= 0 && IsPeer(ends[0], ends[1]) &&
         setsockopt(ends[0], SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once)) == 0 &&
         setsockopt(ends[1], IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes)) == 0;
}

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_IPC_LOOPBACK_H_
