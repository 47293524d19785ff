// The part of HTTP/1.1 (RFC 9112) that both sides of the web server case studies speak: a head of
// lines that ends with an empty one, a body of as many bytes as Content-Length says, one request on
// a connection.  What a page and an upload hold is computed, so that every byte can be checked.
//
// Runs in: unit, and processes that it forks.
#ifndef BULKHEAD_SCENARIOS_CASE_HTTP_H_
#define BULKHEAD_SCENARIOS_CASE_HTTP_H_

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <string_view>

#include "scenarios/cost/measure.h"

namespace bulkhead::scenarios::http {

inline constexpr std::size_t kBodyBytes = 8192;  // of a page, and of an upload
inline constexpr std::uint64_t kNever = ~std::uint64_t{0};

// What the body with that number holds.
inline void FillBody(std::uint32_t number, char (&body)[kBodyBytes]) {
  for (std::size_t i = 0; i < kBodyBytes; ++i) body[i] = static_cast<char>(' ' + (number + i) % 95);
}

// FNV-1a: it tells a byte that is missing, altered or out of place.
class Checksum {
 public:
  void Add(std::string_view bytes) {
    for (const char byte : bytes) {
      value_ = (value_ ^ static_cast<unsigned char>(byte)) * 1'099'511'628'211u;
    }
  }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 14'695'981'039'346'656'037u;
};

inline std::uint64_t ChecksumOf(std::string_view bytes) {
  Checksum checksum;
  checksum.Add(bytes);
  return checksum.value();
}

// The number right after `name` in a head, or 0.
inline std::uint64_t NumberAfter(std::string_view head, std::string_view name) {
  const std::size_t place = head.find(name);
  std::uint64_t number = 0;
  if (place != std::string_view::npos) {
    std::from_chars(head.data() + place + name.size(), head.data() + head.size(), number);
  }
  return number;
}

// False: it is `deadline`, and `descriptor` is not readable.
inline bool AwaitReadable(int descriptor, std::uint64_t deadline) {
  pollfd state{descriptor, POLLIN, 0};
  for (;;) {
    const std::uint64_t now = Now();
    const std::uint64_t rest = now < deadline ? (deadline - now) / 1'000'000 + 1 : 0;
    const int found = poll(&state, 1, deadline == kNever ? -1 : static_cast<int>(rest));
    if (found >= 0 || errno != EINTR) return found == 1;
  }
}

enum class Got { kAll, kEnd, kLate };  // kEnd: end of file or reset by the other side

// Reads and writes a connected socket, which it does not own.
class Stream {
 public:
  Stream(int socket, std::uint64_t deadline) : socket_(socket), deadline_(deadline) {}

  bool Send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent < 0 && errno == EINTR) continue;
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  // `head` is good until the next call, and ends with the empty line.
  Got ReadHead(std::string_view& head) {
    for (;;) {
      const std::string_view have(buffer_ + begin_, end_ - begin_);
      if (const std::size_t end = have.find("\r\n\r\n"); end != std::string_view::npos) {
        head = have.substr(0, end + 4);
        begin_ += head.size();
        return Got::kAll;
      }
      if (const Got got = Receive(); got != Got::kAll) return got;
    }
  }

  Got ReadBody(std::size_t bytes, Checksum& checksum) {
    for (;;) {
      const std::string_view have(buffer_ + begin_, std::min(bytes, end_ - begin_));
      checksum.Add(have);
      begin_ += have.size();
      bytes -= have.size();
      if (bytes == 0) return Got::kAll;
      if (const Got got = Receive(); got != Got::kAll) return got;
    }
  }

 private:
  // At least one byte more.
  Got Receive() {
    std::memmove(buffer_, buffer_ + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
    if (end_ == sizeof(buffer_)) return Got::kEnd;  // a head too long
    for (;;) {
      if (!AwaitReadable(socket_, deadline_)) return Got::kLate;
      const ssize_t got = recv(socket_, buffer_ + end_, sizeof(buffer_) - end_, 0);
      if (got > 0) {
        end_ += static_cast<std::size_t>(got);
        return Got::kAll;
      }
      if (got == 0 || errno != EINTR) return Got::kEnd;
    }
  }

  int socket_;
  std::uint64_t deadline_;
  char buffer_[4096];
  std::size_t begin_ = 0, end_ = 0;  // of what is not read yet
};

}  // namespace bulkhead::scenarios::http

#endif  // BULKHEAD_SCENARIOS_CASE_HTTP_H_
