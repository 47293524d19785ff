#include "harness/os/event_loop.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>

#include <array>
#include <cerrno>
#include <limits>

namespace bulkhead::os {

Expected<EventLoop> EventLoop::Create() {
  UniqueFd epoll(epoll_create1(EPOLL_CLOEXEC));
  if (!epoll) return FailErrno("epoll_create1");
  UniqueFd wake(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!wake) return FailErrno("eventfd");
  epoll_event event{};
  event.events = EPOLLIN;
  if (epoll_ctl(epoll.get(), EPOLL_CTL_ADD, wake.get(), &event) != 0) return FailErrno("epoll_ctl");
  return EventLoop(std::move(epoll), std::move(wake));
}

void EventLoop::Wake() const { eventfd_write(wake_.get(), 1); }

Expected<void> EventLoop::Watch(int fd, Callback on_readable) {
  const std::uint64_t number = next_++;
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.u64 = number;
  if (epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd, &event) != 0) return FailErrno("epoll_ctl");
  watched_[number] = {fd, std::make_shared<Callback>(std::move(on_readable))};
  registration_[fd] = number;
  return {};
}

void EventLoop::Forget(int fd) {
  const auto found = registration_.find(fd);
  if (found == registration_.end()) return;
  epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, fd, nullptr);
  watched_.erase(found->second);
  registration_.erase(found);
}

EventLoop::TimerId EventLoop::At(Nanoseconds when, Callback on_time) {
  const TimerId id = next_++;
  timers_.emplace(std::pair(when, id), std::move(on_time));
  timer_time_[id] = when;
  return id;
}

void EventLoop::Cancel(TimerId timer) {
  const auto found = timer_time_.find(timer);
  if (found == timer_time_.end()) return;
  timers_.erase({found->second, timer});
  timer_time_.erase(found);
}

Expected<void> EventLoop::RunOnce() {
  int wait_ms = -1;
  if (!timers_.empty()) {
    // Rounded up: waking before the deadline would only spin.
    const Nanoseconds left = timers_.begin()->first.first - Now();
    const Nanoseconds ms = left <= 0 ? 0 : (left + kMillisecond - 1) / kMillisecond;
    wait_ms = static_cast<int>(std::min<Nanoseconds>(ms, std::numeric_limits<int>::max()));
  }
  std::array<epoll_event, 64> events;
  const int count = epoll_wait(epoll_.get(), events.data(), events.size(), wait_ms);
  if (count < 0 && errno != EINTR) return FailErrno("epoll_wait");
  for (int i = 0; i < count; ++i) {
    const std::uint64_t number = events[static_cast<std::size_t>(i)].data.u64;
    if (number == 0) {
      eventfd_t drained;
      eventfd_read(wake_.get(), &drained);
      continue;
    }
    const auto found = watched_.find(number);
    if (found == watched_.end()) continue;  // forgotten by an earlier callback of this batch
    const std::shared_ptr<Callback> callback = found->second.callback;  // it may forget itself
    (*callback)();
  }
  // Deadlines after events: what has arrived in time is not late.
  const Nanoseconds now = Now();
  while (!timers_.empty() && timers_.begin()->first.first <= now) {
    auto first = timers_.extract(timers_.begin());
    timer_time_.erase(first.key().second);
    first.mapped()();
  }
  return {};
}

}  // namespace bulkhead::os
