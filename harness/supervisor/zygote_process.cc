#include "harness/supervisor/zygote_process.h"

#include <poll.h>

#include <algorithm>
#include <iterator>
#include <optional>

#include "harness/model/fate.h"
#include "harness/os/channel.h"
#include "harness/os/limits.h"
#include "harness/os/pidfd.h"
#include "harness/os/spawn.h"
#include "harness/supervisor/stop_ladder.h"

namespace bulkhead {
namespace {

// Waits until one of them is readable (-1: none); false at the deadline.
bool WaitFor(int first, int second, int third, Nanoseconds deadline) {
  for (;;) {
    pollfd polled[] = {{first, POLLIN, 0}, {second, POLLIN, 0}, {third, POLLIN, 0}};
    const Nanoseconds left = deadline - Now();
    if (left <= 0) return false;
    const int ms = static_cast<int>((left + kMillisecond - 1) / kMillisecond);
    if (poll(polled, std::size(polled), ms) > 0) return true;
  }
}

std::string HowItEnded(const os::WaitStatus& status) {
  return status.signaled ? "ended by " + SignalName(status.status)
                         : "exited with code " + std::to_string(status.status);
}

}  // namespace

Expected<std::unique_ptr<ZygoteProcess>> ZygoteProcess::Start(const ZygoteSettings& settings,
                                                              const Ledger& ledger) {
  Expected<OutputObserver> output = OutputObserver::Create();
  if (!output) return tl::make_unexpected(output.error());
  auto channel = os::MakeChannel();
  if (!channel) return tl::make_unexpected(channel.error());
  std::unique_ptr<ZygoteProcess> self(new ZygoteProcess(ledger, std::move(*output)));

  os::SpawnRequest request;
  request.program = settings.program;
  request.arguments = {settings.plugin, std::to_string(channel->second.get())};
  request.keep = channel->second.get();
  request.output = self->output_.write_end();
  request.directory = settings.directory;
  request.set_core_limit = settings.quiet_core;
  request.core_limit = os::QuietCoreLimit();
  Expected<os::Spawned> spawned = os::Spawn(request);
  if (!spawned) return tl::make_unexpected(spawned.error());
  self->pid_ = spawned->pid;
  self->pidfd_ = std::move(spawned->pidfd);
  self->channel_ = std::move(channel->first);
  self->alive_ = true;
  self->output_.CloseWriteEnd();
  channel->second.Reset();

  const Nanoseconds deadline = Now() + settings.hello_timeout;
  alignas(std::max_align_t) std::byte buffer[wire::kMostBytes];
  std::size_t size = 0;
  int talk = self->output_.read_end();  // read meanwhile, or a talkative plugin would block
  for (;;) {
    if (!WaitFor(self->channel_.get(), self->pidfd_.get(), talk, deadline)) {
      return Fail("did not finish loading within " +
                  std::to_string(settings.hello_timeout / kSecond) + " s");
    }
    if (!self->output_.Drain()) talk = -1;
    const os::Received received = os::Receive(self->channel_.get(), buffer, size);
    if (received == os::Received::kMessage) break;
    if (received == os::Received::kTooLarge) return Fail("sent garbage while it was being loaded");
    // Nothing to read: it has ended, or closed its channel and will not say anything any more.
    Expected<std::optional<os::WaitStatus>> ended = os::Reap(self->pidfd_.get());
    if (ended && *ended) {
      self->alive_ = false;
      return Fail(HowItEnded(**ended) + " while it was being loaded");
    }
    if (received == os::Received::kClosed) {
      pollfd end{self->pidfd_.get(), POLLIN, 0};
      if (poll(&end, 1, 100) == 0) return Fail("closed its channel while it was being loaded");
    }
  }
  const std::span<const std::byte> message(buffer, size);
  if (const auto* refusal = wire::Parse<wire::NotLaunched>(message)) {
    return Fail(std::string(refusal->why, wire::TextLength(refusal->why)));
  }
  const auto* hello = wire::Parse<wire::Hello>(message);
  if (hello == nullptr) return Fail("sent garbage while it was being loaded");
  Expected<Manifest> manifest = ReadManifest(*hello);
  if (!manifest) return tl::make_unexpected(manifest.error());
  self->manifest_ = std::move(*manifest);
  return self;
}

Expected<void> ZygoteProcess::Attach(os::EventLoop& loop) {
  loop_ = &loop;
  if (auto watched = loop.Watch(channel_.get(), [this] { OnReadable(); }); !watched) {
    return watched;
  }
  // Its channel alone would not do: whoever inherited the other end keeps it open.
  auto watched = loop.Watch(pidfd_.get(), [this] {
    while (alive_ && OnReadable()) {
    }
    if (alive_) OnEnd();
  });
  if (!watched) return watched;
  return loop.Watch(output_.read_end(), [this] {
    if (!output_.Drain()) loop_->Forget(output_.read_end());
  });
}

void ZygoteProcess::OnEnd() {
  alive_ = false;
  loop_->Forget(channel_.get());
  loop_->Forget(pidfd_.get());
  if (listener_.on_end) listener_.on_end();
}

bool ZygoteProcess::OnReadable() {
  alignas(std::max_align_t) std::byte buffer[wire::kMostBytes];
  std::size_t size = 0;
  std::vector<UniqueFd> descriptors;
  const os::Received received = os::Receive(channel_.get(), buffer, size, &descriptors);
  if (received == os::Received::kNothing) return false;
  if (received == os::Received::kMessage) {
    if (listener_.on_message) listener_.on_message({buffer, size}, std::move(descriptors));
    return true;
  }
  // Closed, or a message larger than any of the protocol: of no use any more.
  OnEnd();
  return false;
}

Expected<void> ZygoteProcess::NeedChannels(std::uint32_t count) {
  while (channels_.size() < count) {
    auto channel = os::MakeChannel();
    if (!channel) return tl::make_unexpected(channel.error());
    const auto index = static_cast<std::uint32_t>(channels_.size());
    auto watched = loop_->Watch(channel->first.get(), [this, index] {
      if (listener_.on_unit) return listener_.on_unit(index);
      // Between trials nobody has anything to say: a leaked unit may not keep the loop busy.
      loop_->Forget(channels_[index].get());
      alive_ = false;
    });
    if (!watched) return watched;
    channels_.push_back(std::move(channel->first));
    unsent_.push_back(std::move(channel->second));
  }
  return {};
}

Expected<void> ZygoteProcess::Give(const wire::Order& order) {
  std::vector<int> descriptors;
  for (const UniqueFd& end : unsent_) descriptors.push_back(end.get());
  if (!alive_ || !os::SendMessage(channel_.get(), order, descriptors)) {
    return Fail("the zygote has ended");
  }
  unsent_.clear();
  return {};
}

void ZygoteProcess::End() {
  if (!pidfd_) return;
  if (loop_ != nullptr) {
    loop_->Forget(channel_.get());
    loop_->Forget(pidfd_.get());
    loop_->Forget(output_.read_end());
    for (const UniqueFd& channel : channels_) loop_->Forget(channel.get());
  }
  alive_ = false;
  const UniqueFd pidfd = std::move(pidfd_);
  channel_.Reset();
  for (const Rung& rung : kZygoteLadder) {
    if (rung.signal != 0) {
      if (!ledger_({0, 0, pid_, rung.signal, "zygote did not leave", 0})) return;
      (void)os::SendSignal(pidfd.get(), rung.signal);
    }
    const Nanoseconds deadline = Now() + rung.wait;
    while (WaitFor(pidfd.get(), -1, -1, deadline)) {
      Expected<std::optional<os::WaitStatus>> ended = os::Reap(pidfd.get());
      if (!ended || *ended) return;  // ECHILD: it was reaped when it failed to load
    }
  }
}

ZygoteProcess::~ZygoteProcess() { End(); }

}  // namespace bulkhead
