#include "harness/os/channel.h"

#include <fcntl.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace bulkhead::os {
namespace {

constexpr std::size_t kMostDescriptors = 64;
// unix(7): SCM_RIGHTS carries at most SCM_MAX_FD (253).
using Control = std::array<std::byte, CMSG_SPACE(sizeof(int) * kMostDescriptors)>;

}  // namespace

Expected<std::pair<UniqueFd, UniqueFd>> MakeChannel() {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
    return FailErrno("socketpair");
  }
  std::pair<UniqueFd, UniqueFd> channel{UniqueFd(ends[0]), UniqueFd(ends[1])};
  if (fcntl(ends[0], F_SETFL, O_NONBLOCK) != 0) return FailErrno("fcntl O_NONBLOCK");
  return channel;
}

bool Send(int channel, std::span<const std::byte> message, std::span<const int> descriptors) {
  if (descriptors.empty()) {
    ssize_t sent;
    do {
      sent = send(channel, message.data(), message.size(), MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    return sent == static_cast<ssize_t>(message.size());
  }
  if (descriptors.size() > kMostDescriptors) {
    errno = E2BIG;
    return false;
  }
  iovec part{const_cast<std::byte*>(message.data()), message.size()};
  alignas(cmsghdr) Control control{};
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  header.msg_control = control.data();
  header.msg_controllen = CMSG_SPACE(sizeof(int) * descriptors.size());
  cmsghdr* rights = CMSG_FIRSTHDR(&header);
  rights->cmsg_level = SOL_SOCKET;
  rights->cmsg_type = SCM_RIGHTS;
  rights->cmsg_len = CMSG_LEN(sizeof(int) * descriptors.size());
  std::memcpy(CMSG_DATA(rights), descriptors.data(), sizeof(int) * descriptors.size());
  ssize_t sent;
  do {
    sent = sendmsg(channel, &header, MSG_NOSIGNAL);
  } while (sent < 0 && errno == EINTR);
  return sent == static_cast<ssize_t>(message.size());
}

Received Receive(int channel, std::span<std::byte> buffer, std::size_t& size,
                 std::vector<UniqueFd>* descriptors) {
  size = 0;
  iovec part{buffer.data(), buffer.size()};
  alignas(cmsghdr) Control control;
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  header.msg_control = control.data();
  header.msg_controllen = control.size();
  ssize_t got;
  do {
    got = recvmsg(channel, &header, MSG_CMSG_CLOEXEC);
  } while (got < 0 && errno == EINTR);
  if (got < 0) return errno == EAGAIN ? Received::kNothing : Received::kClosed;
  for (cmsghdr* part_header = CMSG_FIRSTHDR(&header); part_header != nullptr;
       part_header = CMSG_NXTHDR(&header, part_header)) {
    if (part_header->cmsg_level != SOL_SOCKET || part_header->cmsg_type != SCM_RIGHTS) continue;
    const std::size_t count = (part_header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (std::size_t i = 0; i < count; ++i) {
      int fd;
      std::memcpy(&fd, CMSG_DATA(part_header) + i * sizeof(int), sizeof fd);
      UniqueFd owned(fd);
      if (descriptors != nullptr) descriptors->push_back(std::move(owned));
    }
  }
  if (got == 0) return Received::kClosed;
  size = static_cast<std::size_t>(got);
  return (header.msg_flags & MSG_TRUNC) != 0 ? Received::kTooLarge : Received::kMessage;
}

}  // namespace bulkhead::os
