// One trial from order to last reaping, as a state machine on the poll loop.
//
//   launching -> acting -> challenging -> releasing -> done
//
// launching    the zygote makes the units; each reports ready
// acting       the victim (or everybody) was told to act; until the effect is seen: an end attested
//              by the kernel, a return, a thread gone, or a hang that /proc shows
// challenging  every unit that should be there is asked to show that it acts and is whole
// releasing    all leave or are made to, and are reaped
//
// Runs in: supervisor.  No step waits for time alone: deadlines only end what does not come.
#ifndef BULKHEAD_SUPERVISOR_TRIAL_RUNNER_H_
#define BULKHEAD_SUPERVISOR_TRIAL_RUNNER_H_

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "harness/base/unique_fd.h"
#include "harness/model/run_event.h"
#include "harness/model/scenario.h"
#include "harness/model/trial.h"
#include "harness/model/wire.h"
#include "harness/observe/oom_observer.h"
#include "harness/observe/task_observer.h"
#include "harness/os/event_loop.h"
#include "harness/os/pidfd.h"
#include "harness/supervisor/ledger.h"
#include "harness/supervisor/zygote_process.h"

namespace bulkhead {

// What the harness shall not do or see, for the proof that verdicts come out of evidence.
struct Blindness {
  bool canary = false;     // take every canary for whole
  bool injection = false;  // never tell a victim to act
  bool challenge = false;  // never ask a bystander
  bool wait = false;       // take no notice of how a process ended
};

struct TrialSettings {
  Nanoseconds timeout = 5 * kSecond;             // for each state but releasing
  Nanoseconds stall_after = 100 * kMillisecond;  // an unanswered challenge; longer for the late
  Blindness blind;
};

class TrialRunner {
 public:
  using Done = std::function<void(Trial)>;

  TrialRunner(os::EventLoop& loop, ZygoteProcess& zygote, const TrialPlan& plan,
              const TrialSettings& settings, const Ledger& ledger, Nanoseconds run_started,
              Done done);
  ~TrialRunner();
  TrialRunner(const TrialRunner&) = delete;
  TrialRunner& operator=(const TrialRunner&) = delete;

  // `done` is called from the loop, never from within Start.
  void Start();
  // The user has no patience: everything is killed, the trial is troubled.
  void Abort();

  std::uint64_t id() const { return trial_.plan.id; }
  // What is known of each unit now; asks nobody.
  std::vector<RunningUnit> Units();

 private:
  enum class State { kIdle, kLaunching, kActing, kChallenging, kReleasing, kDone };

  struct Unit {
    std::uint32_t index = 0;
    bool is_process = false;
    int channel = -1;  // the zygote process's
    UniqueFd pidfd;
    bool ready = false, acted = false, returned = false;
    bool ended = false;     // reaped
    bool gone = false;      // a thread that the kernel does not know any more, or a process that
                            // has ended and is another's to reap
    bool attested = false;  // its end is recorded, though it is not reaped
    bool closed = false;    // its channel
    bool challenged = false, answered = false, silent = false;
    std::int32_t tid = 0;
    std::uint64_t canary = 0, guard_words = 0, nonce = 0;
    Nanoseconds challenged_at = 0;
    std::size_t rung = 0;
    os::EventLoop::TimerId timer = 0;
    std::optional<TaskObserver> task;
    std::optional<OomObserver> memory;  // where the vehicle limits it
  };

  // trial_launch.cc
  void OnZygoteMessage(std::span<const std::byte> message, std::vector<UniqueFd> descriptors);
  void TakePidfds(std::uint32_t count, const std::uint32_t* units,
                  std::vector<UniqueFd> descriptors);
  Expected<void> Order();

  // trial_events.cc: what is learned
  void Record(std::uint32_t unit, Event event);
  enum class Read { kUntilItWaits, kAll };
  void OnChannel(Unit& unit, Read read = Read::kUntilItWaits);
  void OnMessage(Unit& unit, std::span<const std::byte> message, std::vector<UniqueFd> descriptors);
  void OnEnd(Unit& unit);
  void TakeEnd(Unit& unit, const Expected<std::optional<os::WaitStatus>>& status);
  void WatchMemory();
  TaskObserver& TaskOf(Unit& unit);
  void LookForThread(Unit& unit);
  bool ShallBeLookedAt(const Unit& victim) const;
  void LookAtVictim();
  void LookForStop();
  void OnStallTimer(Unit& unit);

  // trial_runner.cc: what is done
  void Advance();
  void BeginActing();
  void Inject();
  void HitBystander();
  bool TellToAct(Unit& unit);
  bool ActHasTakenEffect();
  void BeginChallenging();
  void Challenge(Unit& unit);
  void ChallengeVictim();
  void BeginReleasing();
  void ReleaseRound();
  void Release(Unit& unit);
  void Climb(Unit& unit);
  bool Kill(Unit& unit, int signal, const std::string& why);
  void Trouble(const std::string& what);
  void Finish();
  void RestartDeadline();

  Nanoseconds age() const { return Now() - started_; }
  Unit& host() { return units_.back(); }
  // The process that unit lives in.
  Unit& ProcessOf(Unit& unit) { return unit.is_process ? unit : host(); }
  UnitStage StageOf(Unit& unit);
  bool Alive(Unit& unit) { return !ProcessOf(unit).ended && !unit.gone; }
  bool IsHost(const Unit& unit) const { return unit.index > trial_.plan.bystanders; }
  // The rounds in which units are released: who others end with, leaves after them; children before
  // their parents, or one that is stopped would be sent SIGHUP (setpgid(2), orphaned groups).
  static constexpr int kLastRound = 2;
  int LeavesIn(const Unit& unit) const {
    if (IsHost(unit) || static_cast<int>(unit.index) == traits_.holder) return kLastRound;
    return traits_.nested && unit.index == kVictimIndex ? 1 : 0;
  }
  bool IsBystander(const Unit& unit) const {
    return unit.index >= 1 && unit.index <= trial_.plan.bystanders;
  }
  // Where in the first bystander's canary this trial aims, in bytes.
  std::uint64_t TargetOffset() const;
  // What only this trial's unit can send back: a replay has the seed of the trial before it, and
  // must not take what that one left behind for its own.
  std::uint64_t Secret(std::uint64_t what, const Unit& unit) const;
  static constexpr std::uint64_t kArming = 0x61726d00, kNonce = 0x6e6f6e00;  // what

  os::EventLoop& loop_;
  ZygoteProcess& zygote_;
  const VehicleTraits& traits_;
  TrialSettings settings_;
  const Ledger& ledger_;
  Done done_;
  Trial trial_;
  Nanoseconds started_ = 0;
  State state_ = State::kIdle;
  std::vector<Unit> units_;
  bool launched_ = false;
  bool hang_seen_ = false;
  bool stop_seen_ = false;
  const Unit* stopped_ = nullptr;  // the process that the kernel shows stopped
  int leaving_round_ = 0;
  bool victim_challenged_ = false;
  std::uint32_t hang_looks_ = 0;
  os::EventLoop::TimerId deadline_ = 0, hang_timer_ = 0;
};

}  // namespace bulkhead

#endif  // BULKHEAD_SUPERVISOR_TRIAL_RUNNER_H_
