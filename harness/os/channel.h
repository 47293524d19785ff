// SOCK_SEQPACKET pairs: bounded messages with kept borders, and descriptors beside them.
//
// Runs in: all processes.  Send and Receive are async-signal-safe (send(2), recvmsg(2)).
#ifndef BULKHEAD_OS_CHANNEL_H_
#define BULKHEAD_OS_CHANNEL_H_

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "harness/base/error.h"
#include "harness/base/unique_fd.h"

namespace bulkhead::os {

// Two connected ends, both close-on-exec, the first non-blocking (the supervisor's).
Expected<std::pair<UniqueFd, UniqueFd>> MakeChannel();

// False when the peer has gone or its queue is full (EAGAIN on a non-blocking end); errno says.
// Never raises SIGPIPE.
bool Send(int channel, std::span<const std::byte> message, std::span<const int> descriptors = {});

template <typename Message>
bool SendMessage(int channel, const Message& message, std::span<const int> descriptors = {}) {
  return Send(channel, std::as_bytes(std::span(&message, 1)), descriptors);
}

enum class Received { kMessage, kNothing, kClosed, kTooLarge };

// One message into `buffer`; `size` becomes its length.  kNothing on EAGAIN.  Descriptors that
// arrive are owned by `descriptors`; when it is null they are closed.  All are close-on-exec.
Received Receive(int channel, std::span<std::byte> buffer, std::size_t& size,
                 std::vector<UniqueFd>* descriptors = nullptr);

}  // namespace bulkhead::os

#endif  // BULKHEAD_OS_CHANNEL_H_
