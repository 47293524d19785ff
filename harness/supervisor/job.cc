#include "harness/supervisor/job.h"

#include <algorithm>
#include <span>

#include "harness/os/affinity.h"
#include "harness/vehicle/vehicle.h"

namespace bulkhead {
namespace {

constexpr int kMostZygoteStarts = 3;  // in a row, for one block, before its cell counts as broken

bool LeftUnits(const Trial& trial) {
  return std::any_of(
      trial.observations.begin(), trial.observations.end(),
      [](const Observation& seen) { return std::holds_alternative<NotReaped>(seen.event); });
}

// This thread and what it starts, as the block wants it.  Returns the one processor, or -1.
std::int32_t Place(const Block& block, const std::vector<int>& cpus, std::uint32_t job) {
  if (cpus.empty()) return -1;
  const bool wanted = std::ranges::find(cpus, block.cpu) != cpus.end();
  const int own = wanted ? block.cpu : cpus[job % cpus.size()];
  if (!block.spread && os::RunOn(std::span(&own, 1))) return own;
  os::RunOn(cpus);
  return -1;
}

}  // namespace

void Job::Start(std::function<void()> on_end) {
  thread_ = std::thread([this, on_end = std::move(on_end)] {
    Work();
    on_end();
  });
}

void Job::Join() {
  if (thread_.joinable()) thread_.join();
}

void Job::Abort() {
  abort_ = true;
  loop_.Wake();
}

void Job::TellUnits() {
  tell_units_ = true;
  loop_.Wake();
}

void Job::Work() {
  const std::vector<int> cpus = os::AllowedCpus();
  while (const Block* block = state_.TakeBlock()) {
    const std::int32_t cpu = Place(*block, cpus, number_);
    if (state_.running()) {
      state_.Put(BlockStarted{block->id, block->cell, number_, block->trials.front().id,
                              block->trials.size(), cpu, Now() - settings_.run_started});
    }
    BeginBlock(*block);
    while (runner_) {
      if (Expected<void> ran = loop_.RunOnce(); !ran) {
        state_.Fail(ran.error());
        runner_.reset();
      } else if (abort_ && runner_) {
        runner_->Abort();
      }
      if (runner_ && tell_units_.exchange(false)) {
        state_.UnitsAre(number_, runner_->id(), runner_->Units());
      }
    }
    EndZygote();
    state_.BlockDone(*block);
  }
}

void Job::BeginBlock(const Block& block) {
  block_ = &block;
  next_ = 0;
  failed_starts_ = 0;
  NextTrial();
}

// Starts the next trial of the block that is still wanted; without a runner the block is done.
void Job::NextTrial() {
  while (next_ < block_->trials.size()) {
    const TrialPlan& plan = block_->trials[next_++];
    if (!state_.Wanted(number_, *block_, plan)) continue;
    if (!EnsureZygote()) {
      state_.TrialBroken();
      continue;
    }
    runner_ = std::make_unique<TrialRunner>(loop_, *zygote_, plan, settings_.trial, state_.ledger(),
                                            settings_.run_started,
                                            [this](Trial trial) { TrialDone(std::move(trial)); });
    runner_->Start();
    return;
  }
}

bool Job::EnsureZygote() {
  if (zygote_ && zygote_->alive()) return true;
  EndZygote();
  const auto scenario =
      std::find_if(settings_.plan.scenarios.begin(), settings_.plan.scenarios.end(),
                   [&](const Scenario& one) { return one.manifest.name == block_->cell.scenario; });
  ZygoteSettings settings;
  settings.program = settings_.installation.zygote;
  settings.plugin = scenario->plugin_path;
  settings.directory = settings_.directory;
  settings.quiet_core = settings_.quiet_core;
  settings.hello_timeout = settings_.trial.timeout;
  std::string why;
  for (; failed_starts_ < kMostZygoteStarts; ++failed_starts_) {
    auto zygote = ZygoteProcess::Start(settings, state_.ledger());
    if (!zygote) {
      why = zygote.error().message;
      continue;
    }
    zygote_ = std::move(*zygote);
    state_.ZygoteStarted(zygote_->pid());
    const Expected<void> attached = zygote_->Attach(loop_);
    if (attached) return true;
    why = attached.error().message;
    EndZygote();
  }
  state_.CellBroken(block_->cell, settings.plugin + " " + why);
  return false;
}

void Job::EndZygote() {
  if (!zygote_) return;
  const pid_t pid = zygote_->pid();
  zygote_.reset();
  VehicleFor(block_->cell.vehicle).CleanUp(pid);
  state_.ZygoteEnded(pid);
}

void Job::TrialDone(Trial trial) {
  runner_.reset();
  state_.TrialDone(number_, trial);
  // A unit that is still there would read the next one's messages, and a zygote that has lost units
  // on the way may be damaged: the next trial gets a fresh one.
  if (!trial.trouble.empty() || LeftUnits(trial)) EndZygote();
  NextTrial();
}

}  // namespace bulkhead
