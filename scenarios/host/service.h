// A small service on each unit's host, and its clients on the others: a question over TCP is
// answered by a thread of the unit with a value that must be computed, by Work of measure.h or by
// what the scenario gives.  For vehicles of hosts.
//
// Clients wait by looking again and yielding, never asleep: what sleeps in its answer to a
// challenge counts as stalled after a while, and here one unit waits for another that may only be
// late.  System calls: nothing that a compiler could remove.
//
// Runs in: unit.
#ifndef BULKHEAD_SCENARIOS_HOST_SERVICE_H_
#define BULKHEAD_SCENARIOS_HOST_SERVICE_H_

#include <poll.h>
#include <sched.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

#include "scenarios/cost/measure.h"
#include "scenarios/host/endpoint.h"

namespace bulkhead::scenarios {

class Service {
 public:
  using Handler = std::uint64_t (*)(std::uint64_t question);
  static constexpr std::uint64_t kPatience = 3'000'000'000;  // ns; below a trial's timeout

  static std::uint64_t AnswerTo(std::uint64_t question) { return Work(100) ^ question; }

  // In prepare, of every unit.
  static void Start(bh_unit* unit) { StartWith(unit, AnswerTo); }
  static void StartWith(bh_unit* unit, Handler handler) {
    handler_ = handler;
    Require(unit->count <= kMostUnits);
    listener_ = ListenAt(EndpointOf(unit, unit->index, kPort));
    pthread_t thread;
    Require(pthread_create(&thread, nullptr, Serve, nullptr) == 0);
    pthread_detach(thread);
  }

  // In a bystander's watch: the other bystanders' services must answer, rightly.  A program that
  // gets no service from them fails itself: it aborts, and that is what the harness sees.
  static void RequireOthers(bh_unit* unit) {
    for (std::uint32_t other = 1; other < unit->count; ++other) {
      if (other == unit->index) continue;
      for (std::uint64_t question = 1; question <= kQuestions; ++question) {
        Require(IsAnswered(unit, other, question));
      }
    }
    StayForOthers(unit);
  }

  // Whether unit `index` answers as every service does that was given no handler.
  static bool IsAnswered(bh_unit* unit, std::uint32_t index, std::uint64_t question) {
    std::uint64_t answer = 0;
    return Ask(unit, index, question, kPatience, answer) && answer == AnswerTo(question);
  }

  // At the end of a bystander's watch: who leaves could not answer those that are not yet done.
  static void StayForOthers(bh_unit* unit) {
    std::uint64_t ignored;
    for (std::uint32_t other = 1; other < unit->count; ++other) {
      if (other != unit->index) (void)Ask(unit, other, kDone, kPatience, ignored);
    }
    const std::uint64_t deadline = Now() + kPatience;
    while (done_.load() < unit->count - 2 && Now() < deadline) sched_yield();
  }

  // Whether the service of unit `index` has answered within `patience` nanoseconds.  Questions are
  // not 0.
  static bool Ask(bh_unit* unit, std::uint32_t index, std::uint64_t question,
                  std::uint64_t patience, std::uint64_t& answer) {
    const int connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    Require(connection >= 0);
    const std::uint64_t deadline = Now() + patience;
    const bool answered = Connect(connection, EndpointOf(unit, index, kPort), deadline) &&
                          write(connection, &question, sizeof question) == sizeof question &&
                          Await(connection, POLLIN, deadline) &&
                          read(connection, &answer, sizeof answer) == sizeof answer;
    close(connection);
    return answered;
  }

 private:
  static constexpr in_port_t kPort = 7007;
  static constexpr std::uint64_t kQuestions = 3;
  static constexpr std::uint64_t kDone = 0;

  static bool Await(int connection, short event, std::uint64_t deadline) {
    pollfd state{connection, event, 0};
    while (poll(&state, 1, 0) == 0) {
      if (Now() > deadline) return false;
      sched_yield();
    }
    return (state.revents & event) != 0;
  }

  static bool Connect(int connection, const sockaddr_in& to, std::uint64_t deadline) {
    const auto* address = reinterpret_cast<const sockaddr*>(&to);
    if (connect(connection, address, sizeof to) == 0) return true;
    if (errno != EINPROGRESS || !Await(connection, POLLOUT, deadline)) return false;
    int error = 0;
    socklen_t bytes = sizeof error;
    return getsockopt(connection, SOL_SOCKET, SO_ERROR, &error, &bytes) == 0 && error == 0;
  }

  static void* Serve(void*) {
    for (;;) {
      const int connection = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (connection < 0) continue;
      std::uint64_t question = 0;
      if (read(connection, &question, sizeof question) == sizeof question) {
        if (question == kDone) done_.fetch_add(1);
        const std::uint64_t answer = question == kDone ? 0 : handler_(question);
        if (write(connection, &answer, sizeof answer) < 0) {
          // The client has gone: its loss.
        }
      }
      close(connection);
    }
  }

  static inline Handler handler_ = AnswerTo;
  static inline int listener_ = -1;
  static inline std::atomic<std::uint32_t> done_{0};  // other bystanders that ask no more
};

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_HOST_SERVICE_H_
