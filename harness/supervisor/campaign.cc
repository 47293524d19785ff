#include "harness/supervisor/campaign.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>

#include "harness/journal/journal.h"
#include "harness/judge/judge.h"
#include "harness/model/names.h"
#include "harness/os/event_loop.h"
#include "harness/os/process_table.h"
#include "harness/os/signals.h"
#include "harness/supervisor/census.h"
#include "harness/supervisor/schedule.h"
#include "harness/supervisor/trial_runner.h"
#include "harness/supervisor/zygote_process.h"

namespace bulkhead {
namespace {

constexpr Nanoseconds kTick = 100 * kMillisecond;
constexpr int kMostZygoteStarts = 3;  // in a row, for one block, before its cell counts as broken

Blindness BlindnessOf(const std::vector<std::string>& names) {
  const auto has = [&](std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  return {has("canary"), has("injection"), has("challenge"), has("wait")};
}

bool LeftUnits(const Trial& trial) {
  return std::any_of(
      trial.observations.begin(), trial.observations.end(),
      [](const Observation& seen) { return std::holds_alternative<NotReaped>(seen.event); });
}

// Where zygotes and units run; what they leave there goes with the run, however it ends.
struct Scratch {
  std::string path;
  ~Scratch() {
    std::error_code error;
    if (!path.empty()) std::filesystem::remove_all(path, error);
  }
};

// One job: a block at work.
struct Slot {
  std::uint32_t number = 0;
  const Block* block = nullptr;
  std::size_t next = 0;  // trial of the block
  int failed_starts = 0;
  std::unique_ptr<ZygoteProcess> zygote;
  std::unique_ptr<TrialRunner> runner;
};

class Campaign {
 public:
  Campaign(const Installation& installation, const RunPlan& plan, const CampaignOptions& options,
           ProgressListener& listener, os::EventLoop loop, JournalWriter journal)
      : installation_(installation),
        plan_(plan),
        options_(options),
        listener_(listener),
        loop_(std::move(loop)),
        journal_(std::move(journal)),
        judge_(plan),
        schedule_(MakeSchedule(plan)),
        decided_(plan.claims.size(), false),
        slots_(std::max(1u, plan.jobs)) {}

  Expected<RunReport> Run();

 private:
  void Fill();  // gives idle slots their next block
  bool MayStart(const Block& block) const;
  bool Working() const {
    return std::any_of(slots_.begin(), slots_.end(),
                       [](const Slot& slot) { return slot.block != nullptr; });
  }
  void StartBlock(Slot& slot, const Block& block);
  bool EnsureZygote(Slot& slot);
  void NextTrial(Slot& slot);
  void TrialDone(Slot& slot, Trial trial);
  void EndBlock(Slot& slot);
  void BreakBlock(Slot& slot, const std::string& why);
  void SweepIfQuiet();
  void AnnounceDecided();
  void Tick();
  void OnSignal(int signal);
  bool Put(const Record& record);
  Nanoseconds Elapsed() const { return Now() - started_; }
  const Scenario& ScenarioOf(const CellKey& cell) const;
  void Skip(const std::string& why) {
    ++end_.accounting.skipped, ++end_.accounting.skipped_because[why];
  }

  const Installation& installation_;
  const RunPlan& plan_;
  const CampaignOptions& options_;
  ProgressListener& listener_;
  os::EventLoop loop_;
  JournalWriter journal_;
  Judge judge_;
  std::vector<Block> schedule_;
  std::size_t next_block_ = 0;
  std::set<CellKey> broken_;
  std::vector<bool> decided_;
  std::vector<Slot> slots_;
  std::set<pid_t> strangers_;          // children that were ours before the run began
  std::vector<const Block*> unswept_;  // ended, their leaks not yet looked for
  RunEnd end_;
  Nanoseconds started_ = Now();
  std::optional<Error> failed_;  // the journal takes no more
  int interrupts_ = 0;
  Scratch scratch_;
  TrialSettings settings_;
  const Ledger ledger_ = [this](const SignalIntent& intent) {
    SignalIntent timed = intent;
    if (timed.at == 0) timed.at = Elapsed();
    return Put(timed);
  };
  Nanoseconds rate_since_ = 0;
  std::uint64_t rate_done_ = 0;
  double rate_ = 0.0;
};

bool Campaign::Put(const Record& record) {
  if (failed_) return false;
  if (Expected<void> appended = journal_.Append(record); !appended) {
    failed_ = appended.error();
    return false;
  }
  judge_.Add(record);
  return true;
}

const Scenario& Campaign::ScenarioOf(const CellKey& cell) const {
  return *std::find_if(plan_.scenarios.begin(), plan_.scenarios.end(),
                       [&](const Scenario& s) { return s.manifest.name == cell.scenario; });
}

// Exclusive blocks come last in the schedule and want the machine for themselves.
bool Campaign::MayStart(const Block& block) const {
  const bool others = Working();
  const bool exclusive_runs = std::any_of(slots_.begin(), slots_.end(), [](const Slot& slot) {
    return slot.block != nullptr && slot.block->exclusive;
  });
  return !exclusive_runs && (!block.exclusive || !others);
}

void Campaign::Fill() {
  for (Slot& slot : slots_) {
    while (slot.block == nullptr && next_block_ < schedule_.size() && !failed_) {
      const Block& block = schedule_[next_block_];
      if (!MayStart(block)) return;
      ++next_block_;
      StartBlock(slot, block);
    }
  }
}

void Campaign::StartBlock(Slot& slot, const Block& block) {
  slot.block = &block;
  slot.next = 0;
  slot.failed_starts = 0;
  if (interrupts_ == 0 && !broken_.contains(block.cell)) {
    Put(BlockStarted{block.id, block.cell, slot.number, block.trials.front().id,
                     block.trials.size(), Elapsed()});
  }
  NextTrial(slot);
}

bool Campaign::EnsureZygote(Slot& slot) {
  if (slot.zygote && slot.zygote->alive()) return true;
  slot.zygote.reset();
  ZygoteSettings settings;
  settings.program = installation_.zygote;
  settings.plugin = ScenarioOf(slot.block->cell).plugin_path;
  settings.directory = scratch_.path;
  settings.quiet_core = options_.core == CorePolicy::kOff;
  settings.hello_timeout = options_.trial_timeout;
  std::string why;
  while (slot.failed_starts < kMostZygoteStarts) {
    auto zygote = ZygoteProcess::Start(settings, ledger_);
    if (zygote && (*zygote)->Attach(loop_)) {
      slot.zygote = std::move(*zygote);
      return true;
    }
    ++slot.failed_starts;
    if (!zygote) why = zygote.error().message;
  }
  BreakBlock(slot, settings.plugin + " " + why);
  return false;
}

void Campaign::BreakBlock(Slot& slot, const std::string& why) {
  if (broken_.insert(slot.block->cell).second) {
    Put(BrokenCell{slot.block->cell, why});
    listener_.Notice(CellName(slot.block->cell) + " is broken: " + why);
  }
}

// The next trial of the slot's block that is still wanted, or the end of the block.
void Campaign::NextTrial(Slot& slot) {
  const Block& block = *slot.block;
  for (; slot.next < block.trials.size(); ++slot.next) {
    const TrialPlan& plan = block.trials[slot.next];
    if (interrupts_ > 0 || failed_) {
      Skip(failed_ ? "the journal could not be written" : "interrupted");
    } else if (broken_.contains(block.cell)) {
      ++end_.accounting.broken;
    } else if (plan.arm == Arm::kTreatment && judge_.Enough(block.cell)) {
      Skip("stopped early: enough found");
    } else if (!EnsureZygote(slot)) {
      ++end_.accounting.broken;
    } else {
      ++slot.next;
      slot.runner = std::make_unique<TrialRunner>(
          loop_, *slot.zygote, plan, settings_, ledger_, started_,
          [this, &slot](Trial trial) { TrialDone(slot, std::move(trial)); });
      slot.runner->Start();
      return;
    }
  }
  EndBlock(slot);
}

void Campaign::TrialDone(Slot& slot, Trial trial) {
  slot.runner.reset();
  // A trial that could not be carried out is broken; one that was, counts whatever it showed.
  const bool carried_out = trial.trouble.empty();
  if (Put(trial)) {
    carried_out ? ++end_.accounting.executed : ++end_.accounting.broken;
  } else {
    Skip("the journal could not be written");
  }
  listener_.TrialFinished(trial);
  // A unit that is still there would read the next one's messages, and a zygote that has lost units
  // on the way may be damaged: the next trial gets a fresh one.
  if (!carried_out || LeftUnits(trial)) slot.zygote.reset();
  SweepIfQuiet();
  NextTrial(slot);
}

void Campaign::EndBlock(Slot& slot) {
  unswept_.push_back(slot.block);
  slot.zygote.reset();
  slot.block = nullptr;  // Run fills the slot again
  SweepIfQuiet();
  AnnounceDecided();
}

// Looks for leaks when no unit can be on its way to us: all known children are known by pidfd then.
void Campaign::SweepIfQuiet() {
  if (unswept_.empty()) return;
  std::set<pid_t> known = strangers_;
  for (const Slot& slot : slots_) {
    if (slot.runner && slot.runner->launching()) return;
    if (slot.zygote) known.insert(slot.zygote->pid());
    if (!slot.runner) continue;
    for (const pid_t pid : slot.runner->KnownPids()) known.insert(pid);
  }
  for (const std::string& what : SweepChildren(known, ledger_)) {
    // Several blocks may have ended since the last look: the leak is one of theirs.
    Put(Leak{unswept_.back()->id, unswept_.back()->cell, what});
    listener_.Notice("leak in " + CellName(unswept_.back()->cell) + ": " + what);
  }
  unswept_.clear();
}

void Campaign::AnnounceDecided() {
  if (interrupts_ > 0) return;
  for (std::size_t i = 0; i < decided_.size(); ++i) {
    if (decided_[i] || !judge_.Decided(i)) continue;
    decided_[i] = true;
    listener_.ClaimDecided(i, judge_.VerdictOf(i));
  }
}

void Campaign::Tick() {
  const Accounting& accounting = end_.accounting;
  Progress progress;
  progress.done = accounting.executed + accounting.broken;
  progress.planned = accounting.planned - accounting.skipped;
  progress.elapsed = Elapsed();
  if (progress.elapsed - rate_since_ >= kSecond) {
    rate_ = static_cast<double>(progress.done - rate_done_) * static_cast<double>(kSecond) /
            static_cast<double>(progress.elapsed - rate_since_);
    rate_since_ = progress.elapsed;
    rate_done_ = progress.done;
  }
  progress.rate = rate_;
  for (const Slot& slot : slots_) {
    if (!slot.runner) continue;
    progress.running.push_back(
        {CellName(slot.block->cell), slot.runner->plan().id, slot.runner->age()});
  }
  listener_.Tick(progress);
  loop_.At(Now() + kTick, [this] { Tick(); });
}

void Campaign::OnSignal(int signal) {
  if (signal == 0) return;
  if (++interrupts_ == 1) {
    end_.interrupted = true;
    listener_.Notice("interrupted: finishing the trials in flight; once more to stop them");
    return;
  }
  for (Slot& slot : slots_) {
    if (slot.runner) slot.runner->Abort();
  }
}

Expected<RunReport> Campaign::Run() {
  for (const pid_t pid : os::ChildrenOfSelf()) strangers_.insert(pid);
  BecomeSubreaper();
  os::PrepareSupervisorSignals();
  Expected<UniqueFd> signals = os::SignalEvents({SIGINT, SIGTERM, SIGHUP, SIGQUIT});
  if (!signals) return tl::make_unexpected(signals.error());
  if (auto watched =
          loop_.Watch(signals->get(), [&] { OnSignal(os::ReadSignalEvent(signals->get())); });
      !watched) {
    return tl::make_unexpected(watched.error());
  }
  settings_.timeout = options_.trial_timeout;
  settings_.blind = BlindnessOf(options_.blind);
  scratch_.path = options_.directory + "/scratch";
  if (mkdir(scratch_.path.c_str(), 0700) != 0) return FailErrno("cannot make " + scratch_.path);
  const std::set<std::string> shared_before = NamesIn("/dev/shm");

  if (!Put(plan_)) {
    unlink((options_.directory + "/" + kJournalName).c_str());  // nothing can be read in it
    return tl::make_unexpected(*failed_);
  }
  for (const PlannedCell& cell : plan_.cells) {
    const std::uint64_t trials = cell.treatment + cell.no_fault + cell.positive;
    end_.accounting.planned += trials;
    if (cell.not_applicable.empty()) continue;
    end_.accounting.skipped += trials;
    end_.accounting.skipped_because["not applicable: " + cell.not_applicable] += trials;
  }
  AnnounceDecided();
  Tick();
  for (Fill(); Working(); Fill()) {
    if (Expected<void> ran = loop_.RunOnce(); !ran) return tl::make_unexpected(ran.error());
  }
  SweepIfQuiet();
  for (const std::string& name : NamesIn("/dev/shm")) {
    if (!shared_before.contains(name)) {
      Leak leak;
      leak.what = "shared memory object /dev/shm/" + name + " appeared during the run";
      Put(leak);
    }
  }
  end_.took = Elapsed();
  if (!Put(end_)) return tl::make_unexpected(*failed_);
  if (Expected<void> synced = journal_.Sync(); !synced) return tl::make_unexpected(synced.error());
  AnnounceDecided();
  RunReport report = judge_.Report();
  report.journal_digest = journal_.head();
  return report;
}

}  // namespace

Expected<RunReport> RunCampaign(const Installation& installation, const RunPlan& plan,
                                const CampaignOptions& options, ProgressListener& listener) {
  Expected<os::EventLoop> loop = os::EventLoop::Create();
  if (!loop) return tl::make_unexpected(loop.error());
  Expected<JournalWriter> journal =
      JournalWriter::Create(options.directory + "/" + std::string(kJournalName));
  if (!journal) return tl::make_unexpected(journal.error());
  Campaign campaign(installation, plan, options, listener, std::move(*loop), std::move(*journal));
  return campaign.Run();
}

}  // namespace bulkhead
