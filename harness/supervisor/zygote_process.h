// One zygote as the supervisor sees it: started, introduced, given orders, ended.
//
// Runs in: supervisor.  Owns the zygote's pidfd, channel and output pipe; the destructor ends the
// process and waits for it.
#ifndef BULKHEAD_SUPERVISOR_ZYGOTE_PROCESS_H_
#define BULKHEAD_SUPERVISOR_ZYGOTE_PROCESS_H_

#include <sys/types.h>

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "harness/base/error.h"
#include "harness/base/random.h"
#include "harness/base/unique_fd.h"
#include "harness/model/scenario.h"
#include "harness/model/wire.h"
#include "harness/observe/output_observer.h"
#include "harness/os/event_loop.h"
#include "harness/supervisor/catalog.h"
#include "harness/supervisor/ledger.h"

namespace bulkhead {

struct ZygoteSettings {
  std::string program;
  std::string plugin;
  std::string directory;   // where it runs; empty: where we are
  bool quiet_core = true;  // RLIMIT_CORE so that crashes leave nothing
  Nanoseconds hello_timeout = 5 * kSecond;
};

class ZygoteProcess {
 public:
  // Starts one and waits for its introduction.  The error says how the plugin failed, in words that
  // can follow the plugin's path: "ended by SIGSEGV while it was being loaded".
  static Expected<std::unique_ptr<ZygoteProcess>> Start(const ZygoteSettings& settings,
                                                        const Ledger& ledger);
  ~ZygoteProcess();

  const Manifest& manifest() const { return manifest_; }
  pid_t pid() const { return pid_; }
  bool alive() const { return alive_; }
  OutputObserver& output() { return output_; }

  // From now on its messages go to `on_message` and its end to `on_end`.
  Expected<void> Attach(os::EventLoop& loop);
  struct Listener {
    std::function<void(std::span<const std::byte>, std::vector<UniqueFd>)> on_message;
    std::function<void()> on_end;
    std::function<void(std::uint32_t index)> on_unit;  // its channel is readable
  };
  void Listen(Listener listener) { listener_ = std::move(listener); }

  // Of all canaries of this zygote: from the seed of its first trial.
  std::uint64_t CanarySeed(std::uint64_t trial_seed) {
    if (canary_seed_ == 0) canary_seed_ = Derive(trial_seed, 0x63616e61u) | 1u;
    return canary_seed_;
  }

  // Ends the process and waits for it; the destructor does so, too.
  void End();

  // Gives the order for a trial that uses `order.channels` channels.
  Expected<void> Give(const wire::Order& order);

  // Channels to the units, by index: made when first needed and used again by the next trial,
  // because making and passing them anew would be a tenth of a trial's cost.  The zygote keeps the
  // other ends, so the end of a unit is not seen here but by its pidfd.  Nothing of a trial can be
  // taken for the next one's: briefings carry the trial, and every answer a nonce.
  Expected<void> NeedChannels(std::uint32_t count);
  int channel(std::uint32_t index) const { return channels_[index].get(); }

 private:
  ZygoteProcess(const Ledger& ledger, OutputObserver output)
      : ledger_(ledger), output_(std::move(output)) {}
  bool OnReadable();  // true: there was a message
  void OnEnd();

  const Ledger& ledger_;
  OutputObserver output_;
  pid_t pid_ = 0;
  UniqueFd pidfd_, channel_;
  std::uint64_t canary_seed_ = 0;
  std::vector<UniqueFd> channels_;
  std::vector<UniqueFd> unsent_;  // unit ends that the zygote does not have yet
  bool alive_ = false;
  Manifest manifest_;
  os::EventLoop* loop_ = nullptr;
  Listener listener_;
};

// The manifest in a Hello, or what is wrong with it.
Expected<Manifest> ReadManifest(const wire::Hello& hello);

}  // namespace bulkhead

#endif  // BULKHEAD_SUPERVISOR_ZYGOTE_PROCESS_H_
