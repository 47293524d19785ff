#include "harness/observe/output_observer.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace bulkhead {
namespace {

constexpr std::size_t kKept = 4096;
constexpr std::size_t kAtATime = 262144;

}  // namespace

Expected<OutputObserver> OutputObserver::Create() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return FailErrno("pipe2");
  OutputObserver observer;
  observer.read_.Reset(ends[0]);
  observer.write_.Reset(ends[1]);
  fcntl(ends[0], F_SETFL, O_NONBLOCK);
  return observer;
}

bool OutputObserver::Drain() {
  char part[16384];
  for (std::size_t total = 0; total < kAtATime;) {
    const ssize_t got = read(read_.get(), part, sizeof part);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return true;  // EAGAIN: nothing more now
    if (got == 0) return false;
    const auto count = static_cast<std::size_t>(got);
    const std::size_t keep = std::min(count, kKept - std::min(kKept, kept_.size()));
    kept_.append(part, keep);
    dropped_ += count - keep;
    total += count;
  }
  return true;
}

std::string OutputObserver::Take() {
  std::string text = std::move(kept_);
  if (dropped_ > 0) text += "\n[" + std::to_string(dropped_) + " more bytes]";
  kept_.clear();
  dropped_ = 0;
  return text;
}

}  // namespace bulkhead
