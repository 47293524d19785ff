#include "harness/supervisor/trial_runner.h"

#include <algorithm>
#include <csignal>

#include "harness/base/msgid.h"
#include "harness/model/canary.h"
#include "harness/model/names.h"
#include "harness/os/channel.h"
#include "harness/os/pidfd.h"
#include "harness/supervisor/stop_ladder.h"

namespace bulkhead {

TrialRunner::TrialRunner(os::EventLoop& loop, ZygoteProcess& zygote, const TrialPlan& plan,
                         const TrialSettings& settings, const Ledger& ledger,
                         Nanoseconds run_started, Done done)
    : loop_(loop),
      zygote_(zygote),
      traits_(TraitsOf(plan.cell.vehicle)),
      settings_(settings),
      ledger_(ledger),
      done_(std::move(done)) {
  trial_.plan = plan;
  started_ = Now();
  trial_.started = started_ - run_started;
}

TrialRunner::~TrialRunner() {
  zygote_.Listen({});
  loop_.Cancel(deadline_);
  loop_.Cancel(hang_timer_);
  for (Unit& unit : units_) {
    loop_.Cancel(unit.timer);
    if (unit.pidfd && !unit.ended) loop_.Forget(unit.pidfd.get());
  }
}

void TrialRunner::Start() {
  state_ = State::kLaunching;
  RestartDeadline();
  if (Expected<void> ordered = Order(); !ordered) {
    // Through the loop: the caller is not ready for `done` yet.
    loop_.Cancel(deadline_);
    const std::string why = ordered.error().message;
    deadline_ = loop_.At(Now(), [this, why] { Trouble(why); });
  }
}

void TrialRunner::RestartDeadline() {
  loop_.Cancel(deadline_);
  deadline_ = loop_.At(Now() + settings_.timeout, [this] {
    switch (state_) {
      case State::kLaunching:
        return Trouble("not all units were ready in time");
      case State::kActing:
        // Not ours to explain: the judge sees that nothing came of it.
        Record(kVictimIndex, Silent{settings_.timeout});
        return BeginChallenging();
      default:
        return;  // challenging and releasing have deadlines per unit
    }
  });
}

// Called after everything that was learned: goes on to the next state when this one is over.
void TrialRunner::Advance() {
  switch (state_) {
    case State::kLaunching: {
      for (Unit& unit : units_) {
        if (unit.is_process && unit.ended) {
          return Trouble(UnitName(unit.index, trial_.plan.bystanders, traits_.kind) +
                         " ended before it was ready");
        }
      }
      const bool complete = launched_ && std::all_of(units_.begin(), units_.end(), [](Unit& unit) {
                              return unit.ready && (!unit.is_process || unit.pidfd);
                            });
      if (complete) BeginActing();
      return;
    }
    case State::kActing:
      if (ActHasTakenEffect()) BeginChallenging();
      return;
    case State::kChallenging: {
      for (Unit& unit : units_) {
        if (unit.challenged && !unit.answered && !unit.silent && Alive(unit) && !unit.closed &&
            !(unit.index == kVictimIndex && hang_seen_)) {
          return;
        }
      }
      if (!victim_challenged_) return ChallengeVictim();
      return BeginReleasing();
    }
    case State::kReleasing: {
      for (Unit& unit : units_) {
        const bool leaving =
            unit.is_process && unit.pidfd && Alive(unit) && unit.rung < kUnitLadder.size();
        if (leaving && LeavesIn(unit) <= leaving_round_) return;
      }
      if (leaving_round_ == kLastRound) return Finish();
      ++leaving_round_;
      ReleaseRound();
      return Advance();
    }
    case State::kIdle:
    case State::kDone:
      return;
  }
}

// ---- Acting.

void TrialRunner::BeginActing() {
  state_ = State::kActing;
  RestartDeadline();
  if (traits_.Gives("memory-limit")) WatchMemory();
  switch (trial_.plan.arm) {
    case Arm::kTreatment:
      if (settings_.blind.injection) break;
      Inject();
      return Advance();
    case Arm::kNoFault:
      if (!zygote_.manifest().everyone_acts) break;
      // In turn, so that nothing happens at the same time: ActHasTakenEffect calls the next.
      TellToAct(units_[kVictimIndex]);
      return Advance();
    case Arm::kPositive:
      HitBystander();
      return Advance();
  }
  BeginChallenging();
}

void TrialRunner::Inject() {
  if (!zygote_.manifest().everyone_acts) {
    TellToAct(units_[kVictimIndex]);
    return;
  }
  for (Unit& unit : units_) {
    if (unit.index <= trial_.plan.bystanders) TellToAct(unit);
  }
}

bool TrialRunner::TellToAct(Unit& unit) {
  wire::Act act{};
  act.header = {wire::kMagic, wire::Act::kType};
  act.arming = Secret(kArming, unit);
  act.target = units_[1].canary + TargetOffset();
  unit.acted = true;
  unit.returned = false;
  Record(unit.index, Armed{});
  return os::SendMessage(unit.channel, act);
}

std::uint64_t TrialRunner::TargetOffset() const {
  return Derive(trial_.plan.seed, 0x74617267u) % (kCanaryBytes / sizeof(std::uint64_t)) *
         sizeof(std::uint64_t);
}

std::uint64_t TrialRunner::Secret(std::uint64_t what, const Unit& unit) const {
  return Derive(Derive(trial_.plan.seed, trial_.plan.id), what + unit.index);
}

void TrialRunner::HitBystander() {
  Unit& hit = units_[1];
  if (trial_.plan.hit == Hit::kKill || trial_.plan.hit == Hit::kStop) {
    const bool kill = trial_.plan.hit == Hit::kKill;
    Kill(ProcessOf(hit), kill ? SIGKILL : SIGSTOP, Msgid("positive control"));
    if (!kill) LookForStop();
    return;
  }
  wire::HitOrder order{};
  order.header = {wire::kMagic, wire::HitOrder::kType};
  order.corrupt = trial_.plan.hit == Hit::kCorrupt ? 1 : 0;
  order.offset = TargetOffset();
  order.foreign = TokenOf(trial_.plan.seed, kVictimIndex);
  os::SendMessage(hit.channel, order);
}

bool TrialRunner::ActHasTakenEffect() {
  Unit& victim = units_[kVictimIndex];
  const auto finished = [this](Unit& unit) { return unit.returned || !Alive(unit); };
  const bool everyone = zygote_.manifest().everyone_acts;
  switch (trial_.plan.arm) {
    case Arm::kTreatment:
      if (!everyone) return finished(victim) || hang_seen_;
      return std::all_of(units_.begin(), units_.begin() + trial_.plan.bystanders + 1, finished);
    case Arm::kNoFault: {
      for (Unit& unit : units_) {
        if (unit.acted && !finished(unit)) return false;
      }
      for (Unit& unit : units_) {
        if (unit.index > trial_.plan.bystanders || unit.acted) continue;
        TellToAct(unit);
        return false;
      }
      return true;
    }
    case Arm::kPositive: {
      Unit& hit = units_[1];
      if (trial_.plan.hit == Hit::kStop) return stop_seen_;
      if (trial_.plan.hit == Hit::kKill) return !Alive(hit);
      if (!everyone) return finished(hit);
      if (!victim.acted) {
        if (finished(hit)) Inject();
        return false;
      }
      return std::all_of(units_.begin(), units_.begin() + trial_.plan.bystanders + 1, finished);
    }
  }
  return true;
}

// ---- Challenging.

void TrialRunner::BeginChallenging() {
  state_ = State::kChallenging;
  loop_.Cancel(hang_timer_);
  if (!settings_.blind.challenge) {
    for (Unit& unit : units_) {
      if (IsBystander(unit)) Challenge(unit);
    }
  }
  Advance();
}

void TrialRunner::Challenge(Unit& unit) {
  unit.nonce = Secret(kNonce, unit);
  unit.challenged = true;
  unit.challenged_at = Now();
  Record(unit.index, Challenged{});
  wire::Challenge challenge{};
  challenge.header = {wire::kMagic, wire::Challenge::kType};
  challenge.nonce = unit.nonce;
  challenge.last = LeavesIn(unit) == 0 ? 1 : 0;
  // To the dead too: that it does not answer is what the rule asks for.
  os::SendMessage(unit.channel, challenge);
  unit.timer =
      loop_.At(unit.challenged_at + settings_.stall_after, [this, &unit] { OnStallTimer(unit); });
}

// After the bystanders: what they did in answering may be what the victim shall see.
void TrialRunner::ChallengeVictim() {
  victim_challenged_ = true;
  Unit& victim = units_[kVictimIndex];
  if (Alive(victim) && !victim.closed) {
    if (hang_seen_) {
      // The bystanders have answered meanwhile: that is the measure of time here.
      if (const std::optional<Doing> doing = victim.task->Look()) Record(victim.index, *doing);
      victim.silent = true;
      Record(victim.index, Silent{age()});
    } else {
      Challenge(victim);
    }
  }
  Advance();
}

// ---- Releasing.

void TrialRunner::BeginReleasing() {
  state_ = State::kReleasing;
  loop_.Cancel(deadline_);
  loop_.Cancel(hang_timer_);
  for (Unit& unit : units_) loop_.Cancel(unit.timer);
  ReleaseRound();
  Advance();
}

void TrialRunner::ReleaseRound() {
  for (Unit& unit : units_) {
    if (LeavesIn(unit) == leaving_round_) Release(unit);
  }
}

void TrialRunner::Release(Unit& unit) {
  const wire::Release release{{wire::kMagic, wire::Release::kType}};
  // Who has answered the last challenge leaves anyway.
  if (Alive(unit) && (!unit.answered || LeavesIn(unit) > 0)) os::SendMessage(unit.channel, release);
  if (!unit.is_process || !unit.pidfd || !Alive(unit)) return;
  // A host with a hanging thread leaves by itself; a stopped one cannot.
  unit.rung = unit.silent || &unit == stopped_ || !trial_.trouble.empty() ? kFirstKillingRung : 0;
  Climb(unit);
}

void TrialRunner::Climb(Unit& unit) {
  if (unit.rung >= kUnitLadder.size()) {
    Record(unit.index, NotReaped{});
    return Advance();
  }
  const Rung& rung = kUnitLadder[unit.rung];
  if (rung.signal != 0) Kill(unit, rung.signal, Msgid("stop ladder"));
  unit.timer = loop_.At(Now() + rung.wait, [this, &unit] {
    if (!Alive(unit) || !unit.pidfd) return;
    ++unit.rung;
    Climb(unit);
    if (!unit.pidfd) Advance();
  });
}

bool TrialRunner::Kill(Unit& unit, int signal, const std::string& why) {
  // The zygote gave us this descriptor: a stranger's, which it may not signal, we must not either.
  const bool ours =
      traits_.nested ? os::IsOurDescendant(unit.pidfd.get()) : os::IsOurChild(unit.pidfd.get());
  if (!ours) {
    Record(unit.index, Garbage{"a descriptor that is no pidfd of a child of ours"});
    loop_.Forget(unit.pidfd.get());
    unit.pidfd.Reset();
    return false;
  }
  // In the journal first: a signal that nobody has written down must not exist.
  const SignalIntent intent{trial_.plan.id, unit.index, 0, signal, why, trial_.started + age()};
  if (!ledger_(intent)) return false;
  Record(unit.index, SignalSent{signal, why});
  return os::SendSignal(unit.pidfd.get(), signal).has_value();
}

void TrialRunner::Abort() {
  if (state_ == State::kIdle || state_ == State::kReleasing || state_ == State::kDone) return;
  Trouble("interrupted");
}

void TrialRunner::Trouble(const std::string& what) {
  if (trial_.trouble.empty()) trial_.trouble = what;
  if (state_ != State::kReleasing && state_ != State::kDone) BeginReleasing();
}

void TrialRunner::Finish() {
  state_ = State::kDone;
  zygote_.output().Drain();
  trial_.output = zygote_.output().Take();
  trial_.took = age();
  // Through the loop: the caller destroys this object in `done_`, and we may be deep inside it.
  loop_.Cancel(deadline_);
  deadline_ = loop_.At(Now(), [this] {
    Done done = std::move(done_);
    done(std::move(trial_));
  });
}

}  // namespace bulkhead
