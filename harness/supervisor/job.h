// One job of a campaign: a thread with a poll loop, one zygote and one trial at a time.
//
// A thread of its own, and on one processor with its zygote and units: what they say to each other
// then wakes no other processor.  On a virtual machine such a wake-up costs as much as a fork.
//
// Runs in: supervisor.
#ifndef BULKHEAD_SUPERVISOR_JOB_H_
#define BULKHEAD_SUPERVISOR_JOB_H_

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "harness/os/event_loop.h"
#include "harness/supervisor/campaign_state.h"
#include "harness/supervisor/catalog.h"
#include "harness/supervisor/trial_runner.h"
#include "harness/supervisor/zygote_process.h"

namespace bulkhead {

struct JobSettings {
  const Installation& installation;
  const RunPlan& plan;
  TrialSettings trial;
  bool quiet_core = true;
  std::string directory;  // where zygotes and units run
  Nanoseconds run_started = 0;
};

class Job {
 public:
  Job(CampaignState& state, const JobSettings& settings, std::uint32_t number, os::EventLoop loop)
      : state_(state), settings_(settings), number_(number), loop_(std::move(loop)) {}

  // `on_end` is called from the thread, as its last word.  Throws std::system_error when there can
  // be no thread.
  void Start(std::function<void()> on_end);
  void Join();
  // From any thread: the trial in flight is given up.
  void Abort();
  // From any thread: the state is told what the units of the trial in flight do.
  void TellUnits();

 private:
  void Work();
  void BeginBlock(const Block& block);
  void NextTrial();
  bool EnsureZygote();
  void EndZygote();
  void TrialDone(Trial trial);

  CampaignState& state_;
  const JobSettings& settings_;
  const std::uint32_t number_;
  os::EventLoop loop_;
  std::thread thread_;
  std::atomic<bool> abort_{false};
  std::atomic<bool> tell_units_{false};
  const Block* block_ = nullptr;
  std::size_t next_ = 0;  // trial of the block
  int failed_starts_ = 0;
  std::unique_ptr<ZygoteProcess> zygote_;
  std::unique_ptr<TrialRunner> runner_;
};

}  // namespace bulkhead

#endif  // BULKHEAD_SUPERVISOR_JOB_H_
