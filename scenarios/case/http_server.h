// What one worker of a web server does, whether it is a thread or a process: it takes a connection
// from the listening socket, answers its one request, and takes the next.
//
//   GET /page/N    200 with page N
//   POST /upload   100 when the worker has it in its hands (Expect: 100-continue), then reads the
//                  body and answers 200 with its checksum
//   GET /crash     the bug: a store through null
//   GET /hang      the other bug: 102, and a loop that never ends
//
// Every answer names the worker.  The store is volatile and its address opaque, the loop holds an
// asm statement: no compiler can remove them.
//
// Runs in: processes that a unit forks.
#ifndef BULKHEAD_SCENARIOS_CASE_HTTP_SERVER_H_
#define BULKHEAD_SCENARIOS_CASE_HTTP_SERVER_H_

#include <csignal>
#include <cstdio>

#include "scenarios/case/http.h"

namespace bulkhead::scenarios::http {

// Ends a worker process whose request burns CPU time for too long; a worker that waits for its
// client burns none.  Only deliveries count: a machine that stands still for a while makes one of
// them, however long it stood.  (The signal's default action, too, would end the whole process: no
// such watch can end a thread alone; signal(7).)
class Watchdog {
 public:
  Watchdog() {
    signal(SIGXCPU, [](int) {
      overdrafts_ = overdrafts_ + 1;
      if (overdrafts_ == 3) kill(getpid(), SIGKILL);
    });
    sigevent event{};
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = SIGXCPU;
    Require(timer_create(CLOCK_PROCESS_CPUTIME_ID, &event, &timer_) == 0);
  }
  void RequestBegins() {
    overdrafts_ = 0;
    Arm(2'000'000);
  }
  void RequestEnds() { Arm(0); }

 private:
  void Arm(long nanoseconds) {
    const itimerspec times{{0, nanoseconds}, {0, nanoseconds}};
    timer_settime(timer_, 0, &times, nullptr);
  }

  static inline volatile std::sig_atomic_t overdrafts_ = 0;  // of the request at hand
  timer_t timer_{};
};

class Worker {
 public:
  explicit Worker(int listener) : listener_(listener) {}

  [[noreturn]] void ServeForever(Watchdog* watchdog) {
    for (;;) {
      const int connection = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (connection < 0) {
        Require(errno == EINTR || errno == ECONNABORTED);
        continue;
      }
      if (watchdog != nullptr) watchdog->RequestBegins();
      Serve(connection);
      if (watchdog != nullptr) watchdog->RequestEnds();
      close(connection);
    }
  }

 private:
  void Serve(int connection) {
    Stream stream(connection, kNever);
    std::string_view head;
    if (stream.ReadHead(head) != Got::kAll) return;
    if (head.starts_with("GET /page/")) {
      SendPage(stream, static_cast<std::uint32_t>(NumberAfter(head, "GET /page/")));
    } else if (head.starts_with("POST /upload ")) {
      TakeUpload(stream, NumberAfter(head, "\r\nContent-Length: "));
    } else if (head.starts_with("GET /crash ")) {
      volatile int* nowhere = plugin::Opaque(static_cast<int*>(nullptr));
      *nowhere = 1;
    } else if (head.starts_with("GET /hang ")) {
      stream.Send("HTTP/1.1 102 Processing\r\n\r\n");
      for (;;) plugin::Opaque(0);
    } else {
      Answer(stream, "404 Not Found", "");
    }
  }

  void SendPage(Stream& stream, std::uint32_t number) {
    char body[kBodyBytes];
    FillBody(number, body);
    Answer(stream, "200 OK", {body, sizeof(body)});
  }

  void TakeUpload(Stream& stream, std::size_t bytes) {
    Checksum checksum;
    if (!stream.Send("HTTP/1.1 100 Continue\r\n\r\n")) return;
    if (stream.ReadBody(bytes, checksum) != Got::kAll) return;
    char text[24];
    const int length = std::snprintf(text, sizeof(text), "%llu",
                                     static_cast<unsigned long long>(checksum.value()));
    Answer(stream, "200 OK", {text, static_cast<std::size_t>(length)});
  }

  void Answer(Stream& stream, const char* status, std::string_view body) {
    char head[160];
    const int length = std::snprintf(head, sizeof(head),
                                     "HTTP/1.1 %s\r\nContent-Type: text/plain\r\n"
                                     "Content-Length: %zu\r\nX-Worker: %ld\r\n"
                                     "Connection: close\r\n\r\n",
                                     status, body.size(), syscall(SYS_gettid));
    if (stream.Send({head, static_cast<std::size_t>(length)})) stream.Send(body);
  }

  int listener_;
};

}  // namespace bulkhead::scenarios::http

#endif  // BULKHEAD_SCENARIOS_CASE_HTTP_SERVER_H_
