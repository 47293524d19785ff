// Making the ends of those channels that need a name for a moment.  A name is taken back before
// anything else happens; the process's number keeps those of other processes apart.
//
// Runs in: zygote (setup) and unit.
#ifndef BULKHEAD_SCENARIOS_IPC_ENDS_H_
#define BULKHEAD_SCENARIOS_IPC_ENDS_H_

#include <fcntl.h>
#include <mqueue.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdio>

namespace bulkhead::scenarios {

// A FIFO in the working directory: the end to read from, the end to write to.  `blocking` is 0 or
// O_NONBLOCK.
inline bool MakeFifo(const char* stem, int blocking, int (&ends)[2]) {
  char name[64];
  std::snprintf(name, sizeof(name), "%s.%d", stem, static_cast<int>(getpid()));
  if (mkfifo(name, 0600) != 0) return false;
  // In this order: without a reader, opening the other end fails or waits.
  ends[0] = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  ends[1] = open(name, O_WRONLY | O_CLOEXEC | blocking);
  unlink(name);
  return ends[0] >= 0 && ends[1] >= 0 && fcntl(ends[0], F_SETFL, blocking) == 0;
}

// Accepted and connecting end of a connection between Unix sockets.  The kernel chooses the address
// in the abstract namespace, so no file is made; the listener is closed at once.  `flags` is 0 or
// SOCK_NONBLOCK.
inline bool ConnectUnixSockets(int flags, int (&ends)[2]) {
  const int type = SOCK_STREAM | SOCK_CLOEXEC | flags;
  const int listener = socket(AF_UNIX, type, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  auto* name = reinterpret_cast<sockaddr*>(&address);
  socklen_t bytes = sizeof(sa_family_t);  // no name given: unix(7), "Autobind feature"
  bool made = bind(listener, name, bytes) == 0 && listen(listener, 1) == 0;
  bytes = sizeof(address);
  made = made && getsockname(listener, name, &bytes) == 0;
  ends[1] = socket(AF_UNIX, type, 0);
  made = made && connect(ends[1], name, bytes) == 0;
  ends[0] = made ? accept4(listener, nullptr, nullptr, SOCK_CLOEXEC | flags) : -1;
  close(listener);
  return ends[0] >= 0;
}

// A POSIX message queue that ends with its last descriptor.  `blocking` is 0 or O_NONBLOCK; without
// attributes it gets the system's default size: mq_overview(7), "/proc interfaces".
inline mqd_t MakePosixQueue(const char* stem, int blocking, mq_attr* attributes) {
  char name[64];
  std::snprintf(name, sizeof(name), "/bulkhead-%s.%d", stem, static_cast<int>(getpid()));
  const mqd_t queue =
      mq_open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | blocking, 0600, attributes);
  if (queue >= 0) mq_unlink(name);
  return queue;
}

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_IPC_ENDS_H_
