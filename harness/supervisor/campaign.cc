#include "harness/supervisor/campaign.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <system_error>

#include "harness/os/event_loop.h"
#include "harness/os/limits.h"
#include "harness/os/signals.h"
#include "harness/supervisor/campaign_state.h"
#include "harness/supervisor/census.h"
#include "harness/supervisor/job.h"
#include "harness/supervisor/scratch.h"

namespace bulkhead {
namespace {

constexpr Nanoseconds kTick = 100 * kMillisecond;
// How long the jobs have to say what their units do; a job between two trials says nothing.
constexpr Nanoseconds kAnswerAfter = 50 * kMillisecond;

Blindness BlindnessOf(const std::vector<std::string>& names) {
  const auto has = [&](std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  return {has("canary"), has("injection"), has("challenge"), has("wait")};
}

// The jobs, and the main thread's loop: signals and ticks until the last job has ended.
class Campaign {
 public:
  Campaign(CampaignState& state, const JobSettings& settings, os::EventLoop loop)
      : state_(state), settings_(settings), loop_(std::move(loop)) {}

  Expected<void> Run(std::uint32_t jobs, int signalfd);

 private:
  Expected<void> StartJobs(std::uint32_t jobs);
  void Tick();
  void OnSignal(int signal);

  CampaignState& state_;
  const JobSettings& settings_;
  os::EventLoop loop_;
  std::vector<std::unique_ptr<Job>> jobs_;
  std::atomic<std::size_t> at_work_{0};
};

Expected<void> Campaign::StartJobs(std::uint32_t jobs) {
  for (std::uint32_t number = 0; number < jobs; ++number) {
    Expected<os::EventLoop> loop = os::EventLoop::Create();
    if (!loop) return tl::make_unexpected(loop.error());
    auto job = std::make_unique<Job>(state_, settings_, number, std::move(*loop));
    try {
      job->Start([this] {
        --at_work_;
        loop_.Wake();
      });
    } catch (const std::system_error& error) {
      if (number > 0) return {};  // with fewer, then
      return Fail(std::string("cannot start a thread: ") + error.what());
    }
    jobs_.push_back(std::move(job));
  }
  return {};
}

void Campaign::Tick() {
  state_.Tick();
  loop_.At(Now() + kTick, [this] { Tick(); });
}

void Campaign::OnSignal(int signal) {
  if (signal == 0) return;
  if (signal == SIGUSR1) {
    for (const std::unique_ptr<Job>& job : jobs_) job->TellUnits();
    loop_.At(Now() + kAnswerAfter, [this] { state_.Answer(); });
    return;
  }
  if (state_.Interrupt() == 1) return;
  for (const std::unique_ptr<Job>& job : jobs_) job->Abort();
}

Expected<void> Campaign::Run(std::uint32_t jobs, int signalfd) {
  auto watched = loop_.Watch(signalfd, [&] { OnSignal(os::ReadSignalEvent(signalfd)); });
  if (!watched) return watched;
  Tick();
  at_work_ = jobs;
  const Expected<void> started = StartJobs(jobs);
  at_work_ -= jobs - jobs_.size();  // those that could not be started
  if (!started) state_.Fail(started.error());
  while (at_work_ > 0) {
    if (Expected<void> ran = loop_.RunOnce(); !ran) {
      state_.Fail(ran.error());
      break;
    }
  }
  for (const std::unique_ptr<Job>& job : jobs_) job->Join();
  return {};
}

}  // namespace

Expected<RunReport> RunCampaign(const Installation& installation, const RunPlan& plan,
                                const CampaignOptions& options, ProgressListener& listener) {
  const Nanoseconds started = Now();
  Expected<os::EventLoop> loop = os::EventLoop::Create();
  if (!loop) return tl::make_unexpected(loop.error());
  const std::string journal_path = options.directory + "/" + std::string(kJournalName);
  Expected<JournalWriter> journal = JournalWriter::Create(journal_path);
  if (!journal) return tl::make_unexpected(journal.error());

  const std::uint32_t jobs = std::max(1u, plan.jobs);
  CampaignState state(plan, jobs, listener, std::move(*journal), started);
  os::KeepFreedMemory();
  BecomeSubreaper();
  os::PrepareSupervisorSignals();
  // Before any thread starts: it inherits the mask.
  Expected<UniqueFd> signals = os::SignalEvents({SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1});
  if (!signals) return tl::make_unexpected(signals.error());
  const Expected<Scratch> scratch = Scratch::Make(options.directory);
  if (!scratch) return tl::make_unexpected(scratch.error());
  if (Expected<void> begun = state.Begin(); !begun) {
    unlink(journal_path.c_str());  // nothing can be read in it
    return tl::make_unexpected(begun.error());
  }
  JobSettings settings{installation,    plan,   {}, options.core == CorePolicy::kOff,
                       scratch->path(), started};
  settings.trial.timeout = options.trial_timeout;
  settings.trial.blind = BlindnessOf(options.blind);
  Campaign campaign(state, settings, std::move(*loop));
  if (auto ran = campaign.Run(jobs, signals->get()); !ran) return tl::make_unexpected(ran.error());
  return state.End();
}

}  // namespace bulkhead
