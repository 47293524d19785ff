// What several misbehaving plugins do to descriptors.
#ifndef BULKHEAD_TESTS_CHILDREN_DESCRIPTORS_H_
#define BULKHEAD_TESTS_CHILDREN_DESCRIPTORS_H_

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>

namespace bulkhead::children {

// More than a process of these tests has open.
inline constexpr int kMostDescriptors = 1024;

inline void CloseAllDescriptors() {
  for (int fd = 0; fd < kMostDescriptors; ++fd) close(fd);
}

inline bool IsSocket(int fd) {
  int type = 0;
  socklen_t size = sizeof type;
  return getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) == 0;
}

template <typename Visit>
void ForEachSocket(Visit visit) {
  for (int fd = 0; fd < kMostDescriptors; ++fd) {
    if (IsSocket(fd)) visit(fd);
  }
}

inline void WriteToStderr(std::size_t bytes) {
  static const char text[4096] = {};
  while (bytes > 0) {
    const ssize_t wrote = write(STDERR_FILENO, text, std::min(bytes, sizeof text));
    if (wrote <= 0) return;
    bytes -= static_cast<std::size_t>(wrote);
  }
}

}  // namespace bulkhead::children

#endif  // BULKHEAD_TESTS_CHILDREN_DESCRIPTORS_H_
