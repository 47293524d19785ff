#include "harness/supervisor/campaign_state.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "harness/base/msgid.h"
#include "harness/model/names.h"
#include "harness/os/process_table.h"
#include "harness/supervisor/census.h"
#include "harness/vehicle/vehicle.h"

namespace bulkhead {
namespace {

// How long a job that has ended a block waits for the others to be between two trials.  When they
// are not, a later block looks for its leaks, too.
constexpr std::chrono::milliseconds kSweepPatience{2};

// A trial that runs for longer is shown: the usual one takes milliseconds.
constexpr Nanoseconds kSlow = 3 * kSecond;

// The rate is smoothed over some seconds: cells differ in pace by orders of magnitude.
constexpr double kOldRate = 0.7;

std::set<pid_t> ChildrenNow() {
  const std::vector<pid_t> children = os::ChildrenOfSelf();
  return {children.begin(), children.end()};
}

}  // namespace

CampaignState::CampaignState(const RunPlan& plan, std::uint32_t jobs, ProgressListener& listener,
                             JournalWriter journal, Nanoseconds started)
    : plan_(plan),
      listener_(listener),
      started_(started),
      ledger_([this](const SignalIntent& intent) {
        const Lock lock(mutex_);
        return PutSignalLocked(intent);
      }),
      journal_(std::move(journal)),
      judge_(plan),
      schedule_(MakeSchedule(plan)),
      decided_(plan.claims.size(), false),
      running_(jobs),
      strangers_(ChildrenNow()),
      shared_before_(NamesIn("/dev/shm")) {}

bool CampaignState::Put(const Record& record) {
  const Lock lock(mutex_);
  return PutLocked(record);
}

bool CampaignState::PutLocked(const Record& record) {
  if (failed_) return false;
  if (Expected<void> appended = journal_.Append(record); !appended) {
    failed_ = appended.error();
    return false;
  }
  judge_.Add(record);
  return true;
}

bool CampaignState::PutSignalLocked(SignalIntent intent) {
  if (intent.at == 0) intent.at = Elapsed();
  return PutLocked(intent);
}

void CampaignState::Skip(const std::string& why, std::uint64_t trials) {
  end_.accounting.skipped += trials;
  end_.accounting.skipped_because[why] += trials;
}

// Exclusive blocks come last in the schedule and want the machine for themselves.
bool CampaignState::MayStart(const Block& block) const {
  return at_work_ == 0 || (!exclusive_ && !block.exclusive);
}

const Block* CampaignState::TakeBlock() {
  Lock lock(mutex_);
  for (;;) {
    if (failed_ || next_block_ == schedule_.size()) return nullptr;
    const Block& block = schedule_[next_block_];
    if (!sweeping_ && MayStart(block)) {
      ++next_block_;
      ++at_work_;
      ++unknown_;
      exclusive_ = block.exclusive;
      return &block;
    }
    changed_.wait(lock);
  }
}

void CampaignState::BlockDone(const Block& block) {
  Lock lock(mutex_);
  --at_work_;
  --unknown_;
  exclusive_ = false;
  unswept_.push_back(&block);
  SweepIfQuiet(lock);
  AnnounceDecided();
  changed_.notify_all();
}

bool CampaignState::Wanted(std::uint32_t job, const Block& block, const TrialPlan& plan) {
  Lock lock(mutex_);
  if (sweeping_) {
    // Between two trials the zygote is the job's only child.
    --unknown_;
    changed_.notify_all();
    changed_.wait(lock, [&] { return !sweeping_; });
    ++unknown_;
  }
  if (failed_) {
    Skip(Msgid("the journal could not be written"));
  } else if (interrupts_ > 0) {
    Skip(Msgid("interrupted"));
  } else if (broken_.contains(block.cell)) {
    ++end_.accounting.broken;
  } else if (plan.arm == Arm::kTreatment && judge_.Enough(block.cell)) {
    Skip(Msgid("stopped early: enough found"));
  } else {
    running_[job] = InFlight{&plan, Now(), false, {}};
    return true;
  }
  return false;
}

void CampaignState::TrialBroken() {
  const Lock lock(mutex_);
  ++end_.accounting.broken;
}

void CampaignState::TrialDone(std::uint32_t job, const Trial& trial) {
  const Lock lock(mutex_);
  running_[job].reset();
  // A trial that could not be carried out is broken; one that was, counts whatever it showed.
  if (PutLocked(trial)) {
    trial.trouble.empty() ? ++end_.accounting.executed : ++end_.accounting.broken;
  } else {
    Skip(Msgid("the journal could not be written"));
  }
  listener_.TrialFinished(trial);
}

void CampaignState::UnitsAre(std::uint32_t job, std::uint64_t trial,
                             std::vector<RunningUnit> units) {
  const Lock lock(mutex_);
  std::optional<InFlight>& own = running_[job];
  if (own && own->plan->id == trial) own->units = std::move(units);
}

void CampaignState::CellBroken(const CellKey& cell, const std::string& why) {
  const Lock lock(mutex_);
  if (!broken_.insert(cell).second) return;
  PutLocked(BrokenCell{cell, why});
  listener_.Notice(CellName(cell) + " is broken: " + why);
}

bool CampaignState::running() const {
  const Lock lock(mutex_);
  return interrupts_ == 0 && !failed_;
}

void CampaignState::ZygoteStarted(pid_t pid) {
  const Lock lock(mutex_);
  zygotes_.insert(pid);
}

void CampaignState::ZygoteEnded(pid_t pid) {
  const Lock lock(mutex_);
  zygotes_.erase(pid);
}

void CampaignState::Fail(const Error& error) {
  const Lock lock(mutex_);
  if (!failed_) failed_ = error;
}

// Looks for leaks when no job has a unit: then every child but the zygotes is one.
void CampaignState::SweepIfQuiet(Lock& lock) {
  if (sweeping_) return;
  sweeping_ = true;
  changed_.notify_all();
  if (changed_.wait_for(lock, kSweepPatience, [&] { return unknown_ == 0; })) Sweep();
  sweeping_ = false;
  changed_.notify_all();
}

void CampaignState::Sweep() {
  if (unswept_.empty()) return;
  std::set<pid_t> known = strangers_;
  known.insert(zygotes_.begin(), zygotes_.end());
  const Ledger ledger = [this](const SignalIntent& intent) { return PutSignalLocked(intent); };
  for (const std::string& what : SweepChildren(known, ledger)) {
    // Several blocks may have ended since the last look: the leak is one of theirs.
    Found(Leak{unswept_.back()->id, unswept_.back()->cell, what});
  }
  unswept_.clear();
}

void CampaignState::Found(const Leak& leak) {
  PutLocked(leak);
  listener_.LeakFound(leak);
}

void CampaignState::AnnounceDecided() {
  if (interrupts_ > 0) return;
  for (std::size_t i = 0; i < decided_.size(); ++i) {
    if (decided_[i] || !judge_.Decided(i)) continue;
    decided_[i] = true;
    listener_.ClaimDecided(i, judge_.VerdictOf(i));
  }
}

Expected<void> CampaignState::Begin() {
  const Lock lock(mutex_);
  if (!PutLocked(plan_)) return tl::make_unexpected(*failed_);
  for (const PlannedCell& cell : plan_.cells) {
    const std::uint64_t trials = cell.treatment + cell.no_fault + cell.positive;
    end_.accounting.planned += trials;
    if (!cell.not_applicable.empty()) {
      Skip(std::string(Msgid("not applicable")) + ": " + cell.not_applicable, trials);
    }
  }
  AnnounceDecided();
  return {};
}

Progress CampaignState::ProgressNow() const {
  const Accounting& accounting = end_.accounting;
  Progress progress;
  progress.done = accounting.executed + accounting.broken;
  progress.planned = accounting.planned - accounting.skipped;
  progress.elapsed = Elapsed();
  progress.rate = rate_;
  for (std::uint32_t job = 0; job < running_.size(); ++job) {
    if (!running_[job]) continue;
    const InFlight& own = *running_[job];
    progress.running.push_back(
        {job, own.plan->id, own.plan->cell, own.plan->arm, Now() - own.since, {}});
  }
  return progress;
}

void CampaignState::Tick() {
  const Lock lock(mutex_);
  Progress progress = ProgressNow();
  if (progress.elapsed - rate_since_ >= kSecond) {
    const double rate = static_cast<double>(progress.done - rate_done_) *
                        static_cast<double>(kSecond) /
                        static_cast<double>(progress.elapsed - rate_since_);
    rate_ = rate_ > 0 ? kOldRate * rate_ + (1 - kOldRate) * rate : rate;
    rate_since_ = progress.elapsed;
    rate_done_ = progress.done;
    progress.rate = rate_;
  }
  for (const RunningTrial& trial : progress.running) {
    if (trial.for_ns < kSlow || std::exchange(running_[trial.job]->told_slow, true)) continue;
    listener_.TrialSlow(trial);
  }
  listener_.Tick(progress);
}

void CampaignState::Answer() {
  const Lock lock(mutex_);
  Progress progress = ProgressNow();
  for (RunningTrial& trial : progress.running) {
    trial.units = std::move(running_[trial.job]->units);
    running_[trial.job]->units.clear();
  }
  listener_.Asked(progress);
}

int CampaignState::Interrupt() {
  const Lock lock(mutex_);
  end_.interrupted = true;
  ++interrupts_;
  const auto in_flight = std::ranges::count_if(
      running_, [](const std::optional<InFlight>& one) { return one.has_value(); });
  listener_.Interrupted(interrupts_, static_cast<std::size_t>(in_flight));
  return interrupts_;
}

Expected<RunReport> CampaignState::End() {
  const Lock lock(mutex_);
  Sweep();
  // What a leaked process had held open could not be removed before.
  std::set<VehicleKind> used;
  for (const PlannedCell& cell : plan_.cells) {
    if (cell.not_applicable.empty()) used.insert(cell.key.vehicle);
  }
  for (const VehicleKind vehicle : used) VehicleFor(vehicle).CleanUp(0);
  for (const std::string& name : NamesIn("/dev/shm")) {
    if (shared_before_.contains(name)) continue;
    Leak leak;
    leak.what = "shared memory object /dev/shm/" + name + " appeared during the run";
    Found(leak);
  }
  end_.took = Elapsed();
  if (!PutLocked(end_)) return tl::make_unexpected(*failed_);
  if (Expected<void> synced = journal_.Sync(); !synced) return tl::make_unexpected(synced.error());
  AnnounceDecided();
  RunReport report = judge_.Report();
  report.journal_digest = journal_.head();
  return report;
}

}  // namespace bulkhead
