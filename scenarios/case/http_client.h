// A client of the web servers: each request on a connection of its own, its answer checked to the
// last byte, and what became of it told apart.  Nothing is tried again.
//
// Connections are closed by a reset once their answer is there, so that thousands of them leave
// none in TIME_WAIT.  Both sides send at once (TCP_NODELAY): otherwise one waits to send until the
// other has acknowledged, which that one puts off by 40 ms.
//
// Runs in: unit.
#ifndef BULKHEAD_SCENARIOS_CASE_HTTP_CLIENT_H_
#define BULKHEAD_SCENARIOS_CASE_HTTP_CLIENT_H_

#include <netinet/in.h>
#include <netinet/tcp.h>

#include <cstdio>

#include "scenarios/case/http.h"

namespace bulkhead::scenarios::http {

enum class Outcome {
  kAnswered,  // status 200, and the right bytes
  kWrong,     // an answer, but another one
  kLost,      // the connection ended first
  kRefused,   // nobody listens
  kLate       // nothing came until the deadline
};

template <typename Value>
bool Set(int socket, int level, int option, Value value) {
  return setsockopt(socket, level, option, &value, sizeof(value)) == 0;
}

// The address of port `port` of this host (0: one that the kernel chooses).
inline sockaddr_in Loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  return address;
}

inline std::uint16_t PortOf(int bound) {
  sockaddr_in address{};
  socklen_t bytes = sizeof(address);
  Require(getsockname(bound, reinterpret_cast<sockaddr*>(&address), &bytes) == 0);
  return ntohs(address.sin_port);
}

class Request {
 public:
  Request(std::uint16_t port, std::uint64_t deadline)
      : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)), stream_(socket_, deadline) {
    const linger at_once{1, 0};
    const timeval patience{4, 0};  // of connect and send; socket(7), SO_SNDTIMEO
    Require(socket_ >= 0 && Set(socket_, SOL_SOCKET, SO_LINGER, at_once) &&
            Set(socket_, SOL_SOCKET, SO_SNDTIMEO, patience) &&
            Set(socket_, IPPROTO_TCP, TCP_NODELAY, 1));
    const sockaddr_in address = Loopback(port);
    if (connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0) return;
    // What else can happen is no property of the server: no port, no memory.
    Require(errno == ECONNREFUSED || errno == ECONNRESET || errno == EINPROGRESS);
    failure_ = errno == ECONNREFUSED ? Outcome::kRefused
               : errno == ECONNRESET ? Outcome::kLost
                                     : Outcome::kLate;
  }
  ~Request() { close(socket_); }
  Request(const Request&) = delete;
  Request& operator=(const Request&) = delete;

  // kAnswered: `head` is the next head that the server sent.
  Outcome Ask(std::string_view request, std::string_view& head) {
    // Where nothing can be sent any more, there is nothing to read either.
    if (failure_ == Outcome::kAnswered) stream_.Send(request);
    return NextHead(head);
  }

  Outcome NextHead(std::string_view& head) {
    if (failure_ == Outcome::kAnswered) failure_ = From(stream_.ReadHead(head));
    return failure_;
  }

  // The final answer, whose body must have that checksum.
  Outcome Expect(std::string_view head, std::size_t bytes, std::uint64_t sum) {
    if (failure_ != Outcome::kAnswered) return failure_;
    worker_ = NumberAfter(head, "\r\nX-Worker: ");
    if (!head.starts_with("HTTP/1.1 200 ") || NumberAfter(head, "\r\nContent-Length: ") != bytes) {
      return failure_ = Outcome::kWrong;
    }
    Checksum checksum;
    failure_ = From(stream_.ReadBody(bytes, checksum));
    if (failure_ == Outcome::kAnswered && checksum.value() != sum) failure_ = Outcome::kWrong;
    return failure_;
  }

  std::uint64_t worker() const { return worker_; }  // who has answered
  Stream& stream() { return stream_; }

 private:
  static Outcome From(Got got) {
    return got == Got::kAll   ? Outcome::kAnswered
           : got == Got::kEnd ? Outcome::kLost
                              : Outcome::kLate;
  }

  int socket_;
  Stream stream_;
  Outcome failure_ = Outcome::kAnswered;  // or the first thing that went wrong
  std::uint64_t worker_ = 0;
};

inline Outcome GetPage(std::uint16_t port, std::uint32_t number, std::uint64_t deadline) {
  char text[80], body[kBodyBytes];
  const int length =
      std::snprintf(text, sizeof(text), "GET /page/%u HTTP/1.1\r\nHost: localhost\r\n\r\n", number);
  FillBody(number, body);
  Request request(port, deadline);
  std::string_view head;
  request.Ask({text, static_cast<std::size_t>(length)}, head);
  return request.Expect(head, sizeof(body), ChecksumOf({body, sizeof(body)}));
}

// A request that is in a worker's hands from the end of Begin until Finish.
class Upload {
 public:
  Upload(std::uint16_t port, std::uint32_t number, std::uint64_t deadline)
      : request_(port, deadline) {
    FillBody(number, body_);
  }

  // kAnswered: a worker waits for the second half.
  Outcome Begin() {
    char text[140];
    const int length = std::snprintf(text, sizeof(text),
                                     "POST /upload HTTP/1.1\r\nHost: localhost\r\n"
                                     "Content-Length: %zu\r\nExpect: 100-continue\r\n\r\n",
                                     sizeof(body_));
    std::string_view head;
    const Outcome outcome = request_.Ask({text, static_cast<std::size_t>(length)}, head);
    if (outcome != Outcome::kAnswered) return outcome;
    if (!head.starts_with("HTTP/1.1 100 ")) return Outcome::kWrong;
    request_.stream().Send({body_, sizeof(body_) / 2});
    return Outcome::kAnswered;
  }

  Outcome Finish() {
    char text[24];
    const int length =
        std::snprintf(text, sizeof(text), "%llu",
                      static_cast<unsigned long long>(ChecksumOf({body_, sizeof(body_)})));
    const std::string_view answer(text, static_cast<std::size_t>(length));
    std::string_view head;
    request_.Ask({body_ + sizeof(body_) / 2, sizeof(body_) / 2}, head);
    return request_.Expect(head, answer.size(), ChecksumOf(answer));
  }

  std::uint64_t worker() const { return request_.worker(); }

 private:
  Request request_;
  char body_[kBodyBytes];
};

}  // namespace bulkhead::scenarios::http

#endif  // BULKHEAD_SCENARIOS_CASE_HTTP_CLIENT_H_
