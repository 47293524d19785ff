// What the jobs of a campaign share: the schedule, the journal, the judge, the accounts.
//
// Runs in: supervisor.  A monitor: every call takes the lock, so that any thread may make it, and
// none may be made from within a callback of the listener.
#ifndef BULKHEAD_SUPERVISOR_CAMPAIGN_STATE_H_
#define BULKHEAD_SUPERVISOR_CAMPAIGN_STATE_H_

#include <sys/types.h>

#include <condition_variable>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "harness/journal/journal.h"
#include "harness/judge/judge.h"
#include "harness/supervisor/campaign.h"
#include "harness/supervisor/ledger.h"
#include "harness/supervisor/schedule.h"

namespace bulkhead {

class CampaignState {
 public:
  CampaignState(const RunPlan& plan, std::uint32_t jobs, ProgressListener& listener,
                JournalWriter journal, Nanoseconds started);

  // Journal first; false when it takes no more.  Nothing of a failed journal is judged.
  bool Put(const Record& record);
  // Signals are written down before they are sent.
  const Ledger& ledger() const { return ledger_; }

  // ---- For jobs, each with its number.

  // The next block of the schedule, when it may start; null: none is left.  From then until
  // BlockDone the job may have children that nobody else knows of.
  const Block* TakeBlock();
  void BlockDone(const Block& block);
  // False: not to be run, and accounted for.  Waits while somebody looks for leaks.
  bool Wanted(std::uint32_t job, const Block& block, const TrialPlan& plan);
  void TrialDone(std::uint32_t job, const Trial& trial);
  void TrialBroken();  // could not even begin
  // What the units of its trial do, before somebody is told.
  void UnitsAre(std::uint32_t job, std::uint64_t trial, std::vector<RunningUnit> units);
  void CellBroken(const CellKey& cell, const std::string& why);
  bool running() const;  // neither interrupted nor without a journal
  void ZygoteStarted(pid_t pid);
  void ZygoteEnded(pid_t pid);
  void Fail(const Error& error);  // of the harness: the campaign ends

  // ---- For the main thread.

  Expected<void> Begin();  // the plan into the journal
  void Tick();
  void Answer();    // tells the listener what runs now
  int Interrupt();  // how often it was called, this call included
  Expected<RunReport> End();

 private:
  using Lock = std::unique_lock<std::mutex>;
  struct InFlight {
    const TrialPlan* plan;
    Nanoseconds since;
    bool told_slow = false;
    std::vector<RunningUnit> units;  // when they were last asked for
  };
  bool PutLocked(const Record& record);
  bool PutSignalLocked(SignalIntent intent);
  bool MayStart(const Block& block) const;
  void SweepIfQuiet(Lock& lock);
  void Sweep();
  void AnnounceDecided();
  void Found(const Leak& leak);
  Progress ProgressNow() const;
  void Skip(const std::string& why, std::uint64_t trials = 1);
  Nanoseconds Elapsed() const { return Now() - started_; }

  const RunPlan& plan_;
  ProgressListener& listener_;
  const Nanoseconds started_;
  const Ledger ledger_;

  mutable std::mutex mutex_;
  std::condition_variable changed_;  // a block or a sweep has ended, or a sweep is wanted
  JournalWriter journal_;
  Judge judge_;
  const std::vector<Block> schedule_;
  std::size_t next_block_ = 0;
  std::size_t at_work_ = 0;  // jobs that have a block
  std::size_t unknown_ = 0;  // jobs that may have children that nobody else knows of
  bool exclusive_ = false;   // the one at work wants to be alone
  bool sweeping_ = false;
  std::set<CellKey> broken_;
  std::vector<bool> decided_;
  std::vector<std::optional<InFlight>> running_;  // by job
  const std::set<pid_t> strangers_;               // children that were ours before the run began
  std::set<pid_t> zygotes_;
  std::set<std::string> shared_before_;
  std::vector<const Block*> unswept_;  // ended, their leaks not yet looked for
  RunEnd end_;
  std::optional<Error> failed_;
  int interrupts_ = 0;
  Nanoseconds rate_since_ = 0;
  std::uint64_t rate_done_ = 0;
  double rate_ = 0.0;
};

}  // namespace bulkhead

#endif  // BULKHEAD_SUPERVISOR_CAMPAIGN_STATE_H_
