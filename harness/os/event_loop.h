// One poll loop: descriptors that become readable, and deadlines.
//
// Runs in: supervisor; each thread has its own.  Source: epoll(7), level-triggered.
#ifndef BULKHEAD_OS_EVENT_LOOP_H_
#define BULKHEAD_OS_EVENT_LOOP_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <unordered_map>
#include <utility>

#include "harness/base/clock.h"
#include "harness/base/error.h"
#include "harness/base/unique_fd.h"

namespace bulkhead::os {

class EventLoop {
 public:
  using Callback = std::function<void()>;
  using TimerId = std::uint64_t;  // never 0

  static Expected<EventLoop> Create();

  // Calls `on_readable` whenever `fd` is readable or hung up, until Forget.  A callback may add and
  // forget descriptors, its own included.
  Expected<void> Watch(int fd, Callback on_readable);
  // Before the descriptor is closed.
  void Forget(int fd);

  // Calls `on_time` once at `when` (CLOCK_MONOTONIC).
  TimerId At(Nanoseconds when, Callback on_time);
  void Cancel(TimerId timer);

  // Waits for at least one event, at most until the next deadline, and handles what is there.
  Expected<void> RunOnce();

  // Lets RunOnce return soon.  The only call that another thread may make.
  void Wake() const;

  bool idle() const { return watched_.empty() && timers_.empty(); }

 private:
  struct Watched {
    int fd;
    std::shared_ptr<Callback> callback;
  };
  EventLoop(UniqueFd epoll, UniqueFd wake) : epoll_(std::move(epoll)), wake_(std::move(wake)) {}

  UniqueFd epoll_;
  UniqueFd wake_;  // an eventfd; its events carry registration number 0
  // By registration number, not by descriptor: a number that was closed and opened again within one
  // batch of events must not receive the old one's event.
  std::unordered_map<std::uint64_t, Watched> watched_;
  std::unordered_map<int, std::uint64_t> registration_;
  std::map<std::pair<Nanoseconds, TimerId>, Callback> timers_;
  std::unordered_map<TimerId, Nanoseconds> timer_time_;
  std::uint64_t next_ = 1;
};

}  // namespace bulkhead::os

#endif  // BULKHEAD_OS_EVENT_LOOP_H_
