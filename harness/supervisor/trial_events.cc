// What TrialRunner learns: messages, ends, readings of /proc, silence.
//
// Runs in: supervisor.
#include <sys/wait.h>

#include "harness/model/canary.h"
#include "harness/model/names.h"
#include "harness/observe/canary_observer.h"
#include "harness/observe/memory_observer.h"
#include "harness/observe/message_observer.h"
#include "harness/observe/wait_observer.h"
#include "harness/os/channel.h"
#include "harness/os/process_table.h"
#include "harness/supervisor/trial_runner.h"

namespace bulkhead {
namespace {

// More would only serve to fill the journal.
constexpr std::size_t kMostObservations = 512;

// A scenario with this tag stores its token at bh_unit.target: a second channel can look there.
constexpr std::string_view kStoresAtTarget = "wild";

// After these an honest unit is silent until it is told more: looking again would be in vain.  What
// another one sends, the loop will still see.
bool AwaitsUs(std::span<const std::byte> message) {
  return wire::Parse<wire::Ready>(message) != nullptr ||
         wire::Parse<wire::Answer>(message) != nullptr;
}

}  // namespace

void TrialRunner::Record(std::uint32_t unit, Event event) {
  if (trial_.observations.size() >= kMostObservations) {
    if (trial_.observations.size() == kMostObservations) {
      trial_.observations.push_back({Now() - started_, unit, Garbage{"too many observations"}});
      trial_.trouble = "more than " + std::to_string(kMostObservations) + " observations";
    }
    return;
  }
  trial_.observations.push_back({Now() - started_, unit, std::move(event)});
}

void TrialRunner::OnChannel(Unit& unit, Read read) {
  alignas(std::max_align_t) std::byte buffer[wire::kMostBytes];
  std::size_t size = 0;
  std::vector<UniqueFd> descriptors;
  // Bounded: a unit that floods its channel must not keep the loop from the others.
  bool more = true;
  for (int i = 0; i < 64 && more && !unit.closed; ++i) {
    descriptors.clear();
    switch (os::Receive(unit.channel, buffer, size, &descriptors)) {
      case os::Received::kNothing:
        more = false;
        break;
      case os::Received::kMessage:
        OnMessage(unit, {buffer, size}, std::move(descriptors));
        more = read == Read::kAll || !AwaitsUs({buffer, size});
        break;
      case os::Received::kTooLarge:
        Record(unit.index, Garbage{"a message larger than any of the protocol"});
        break;
      case os::Received::kClosed:
        // Unit and zygote are both gone, or have both let go of it.
        unit.closed = true;
        loop_.Forget(unit.channel);
        if (state_ == State::kChallenging && !unit.answered) Record(unit.index, ChannelClosed{});
        break;
    }
    if (state_ == State::kDone) return;
  }
  Advance();
}

void TrialRunner::OnMessage(Unit& unit, std::span<const std::byte> bytes,
                            std::vector<UniqueFd> descriptors) {
  const std::uint64_t seed = trial_.plan.seed;
  if (const auto* firing = wire::Parse<wire::Firing>(bytes)) {
    if (unit.acted && firing->arming == Secret(kArming, unit)) {
      Record(unit.index, Firing{});
      if (unit.index == kVictimIndex && ShallBeLookedAt(unit)) LookAtVictim();
    } else {
      Record(unit.index, Garbage{"an arming token that was not given"});
    }
  } else if (const auto* answer = wire::Parse<wire::Answer>(bytes)) {
    if (!unit.challenged || unit.answered || answer->nonce != unit.nonce) {
      Record(unit.index, Garbage{"an answer to no challenge"});
      return;
    }
    unit.answered = true;
    loop_.Cancel(unit.timer);
    if (settings_.blind.canary) {
      Record(unit.index, Answered{true, 0, 0, answer->beats});
      return;
    }
    CanaryExpectation expected;
    expected.seed = Derive(zygote_.CanarySeed(seed), unit.index);
    if (unit.index != kVictimIndex) {
      expected.words = kCanaryBytes / sizeof(std::uint64_t) + unit.guard_words;
    }
    Record(unit.index, Verify(*answer, unit.nonce, expected));
  } else if (wire::Parse<wire::Leaving>(bytes) != nullptr) {
    if (!unit.is_process) LookForThread(unit);
  } else if (const auto* pidfds = wire::Parse<wire::Pidfds>(bytes)) {
    TakePidfds(pidfds->count, pidfds->units, std::move(descriptors));
  } else {
    Event event = Understand(bytes);
    if (const auto* ready = wire::Parse<wire::Ready>(bytes)) {
      // Bounded: the supervisor computes over as many words as the unit says it guards.
      constexpr std::uint64_t kMostGuardWords = 1 << 20;
      unit.ready = true;
      unit.tid = ready->tid;
      unit.canary = ready->canary;
      unit.guard_words = std::min(ready->guard_words, kMostGuardWords);
    } else if (std::holds_alternative<Returned>(event)) {
      unit.returned = true;
    }
    Record(unit.index, std::move(event));
    if (unit.index == kVictimIndex && unit.returned && state_ == State::kActing &&
        trial_.plan.arm == Arm::kTreatment && zygote_.manifest().HasTag(kStoresAtTarget)) {
      const pid_t pid = os::PidOf(ProcessOf(unit).pidfd.get());
      const std::uint64_t target = units_[1].canary + TargetOffset();
      if (auto read = LookForToken(pid, target, TokenOf(seed, kVictimIndex))) {
        Record(unit.index, *read);
      }
    }
  }
}

void TrialRunner::OnEnd(Unit& process) {
  // What a unit sent before its end lies in its channel: first things first.
  for (Unit& unit : units_) {
    if (&ProcessOf(unit) == &process && !unit.closed) OnChannel(unit, Read::kAll);
    if (state_ == State::kDone) return;
  }
  Expected<std::optional<os::WaitStatus>> status = os::Reap(process.pidfd.get());
  if (status && !*status) return;  // not yet
  loop_.Forget(process.pidfd.get());
  loop_.Cancel(process.timer);
  if (!status && traits_.nested && os::IsOurDescendant(process.pidfd.get())) {
    // It has ended, and it is its parent's to reap; ours when that has ended, too.
    process.gone = true;
    const pid_t pid = os::PidOf(process.pidfd.get());
    if (const std::optional<int> end = os::EndOfZombie(pid); end && !settings_.blind.wait) {
      os::WaitStatus seen;
      seen.signaled = WIFSIGNALED(*end);
      seen.status = seen.signaled ? WTERMSIG(*end) : WEXITSTATUS(*end);
      seen.core = WCOREDUMP(*end);
      Record(process.index, Attest(seen));
      process.attested = true;
    }
    return Advance();
  }
  TakeEnd(process, status);
  for (Unit& unit : units_) {
    if (!unit.is_process || !unit.gone || unit.ended) continue;
    if (auto inherited = os::Reap(unit.pidfd.get()); inherited && *inherited) {
      TakeEnd(unit, inherited);
    }
  }
  Advance();
}

void TrialRunner::TakeEnd(Unit& process, const Expected<std::optional<os::WaitStatus>>& status) {
  process.ended = true;
  if (!status) {
    Record(process.index, Garbage{"its end was not ours to see: " + status.error().message});
  } else if (!settings_.blind.wait) {
    if (!process.attested) Record(process.index, Attest(**status));
    const std::optional<OomKilled> killed =
        process.memory ? process.memory->Look() : std::optional<OomKilled>();
    if (killed) Record(process.index, *killed);
  }
}

void TrialRunner::WatchMemory() {
  const Expected<std::vector<std::string>> parents = os::CgroupParents();
  if (!parents) return;
  for (Unit& unit : units_) {
    unit.memory.emplace(*parents, os::CgroupName(getpid(), zygote_.pid(), unit.index));
  }
}

UnitStage TrialRunner::StageOf(Unit& unit) {
  if (!Alive(unit)) return UnitStage::kEnded;
  if (unit.silent) return UnitStage::kSilent;
  if (unit.answered) return UnitStage::kAnswered;
  if (unit.challenged) return UnitStage::kAsked;
  if (unit.returned) return UnitStage::kReturned;
  if (unit.acted) return UnitStage::kActing;
  return unit.ready ? UnitStage::kReady : UnitStage::kStarting;
}

std::vector<RunningUnit> TrialRunner::Units() {
  std::vector<RunningUnit> units;
  for (Unit& unit : units_) {
    const UniqueFd& pidfd = ProcessOf(unit).pidfd;
    const bool there = pidfd && Alive(unit);
    units.push_back({UnitName(unit.index, trial_.plan.bystanders, traits_.kind),
                     there ? os::PidOf(pidfd.get()) : 0, StageOf(unit)});
  }
  return units;
}

TaskObserver& TrialRunner::TaskOf(Unit& unit) {
  if (!unit.task) {
    // A process's first thread has the number of the process, in whatever namespace.
    unit.task.emplace(os::PidOf(ProcessOf(unit).pidfd.get()), unit.is_process ? 0 : unit.tid);
  }
  return *unit.task;
}

void TrialRunner::LookForThread(Unit& unit) {
  if (!Alive(unit) || state_ == State::kDone) return;
  const std::optional<Doing> doing = TaskOf(unit).Look();
  // A process's first thread that has ended alone stays as a zombie while the others live.
  if (doing && doing->state != 'Z' && doing->state != 'X') {
    // It said that it is leaving; the kernel still has it.  Not an event we could wait for.
    unit.timer = loop_.At(Now() + kMillisecond, [this, &unit] { LookForThread(unit); });
    return;
  }
  if (TaskOf(unit).ProcessIsEnding()) return;  // the pidfd will tell
  unit.gone = true;
  Record(unit.index, TaskGone{});
  Advance();
}

// A thread of a process that was sent SIGSTOP may go on until another one has taken the signal:
// only when the kernel shows it stopped, a challenge is worth asking.
void TrialRunner::LookForStop() {
  Unit& hit = units_[1];
  if (state_ != State::kActing || !Alive(hit)) return;
  const std::optional<Doing> doing = TaskOf(hit).Look();
  if (doing && doing->state == 'T') {
    stop_seen_ = true;
    stopped_ = &ProcessOf(hit);
    Record(hit.index, *doing);
    return Advance();
  }
  hit.timer = loop_.At(Now() + kMillisecond, [this] { LookForStop(); });
}

// A hang says nothing, and a thread that the kernel ends has no last word.
bool TrialRunner::ShallBeLookedAt(const Unit& victim) const {
  const Manifest& manifest = zygote_.manifest();
  return manifest.MayHang() || (!victim.is_process && manifest.MayEndBy(EndKind::kThread));
}

void TrialRunner::LookAtVictim() {
  Unit& victim = units_[kVictimIndex];
  if (state_ != State::kActing || victim.returned || !Alive(victim)) return;
  if (!victim.task) {
    TaskOf(victim).Start();
  } else {
    const std::optional<Doing> doing = victim.task->Look();
    // A process's first thread that has ended alone stays as a zombie while the others live.
    const bool over = !doing || doing->state == 'Z' || doing->state == 'X';
    if (over && !victim.is_process) return LookForThread(victim);
    for (const ExpectedEnd& end : zygote_.manifest().ends) {
      if (!doing || !ShowsHang(*doing, end)) continue;
      hang_seen_ = true;
      if (doing->state == 'T') stopped_ = &ProcessOf(victim);
      Record(victim.index, *doing);
      Advance();
      return;
    }
  }
  // 0.5, 1, 2 ... up to 64 ms between looks, until the deadline of the state.
  const Nanoseconds wait = (kMillisecond / 2) << std::min(hang_looks_++, 7u);
  hang_timer_ = loop_.At(Now() + wait, [this] { LookAtVictim(); });
}

void TrialRunner::OnStallTimer(Unit& unit) {
  if (state_ != State::kChallenging || unit.answered || !Alive(unit)) return;
  const Nanoseconds waited = Now() - unit.challenged_at;
  const std::optional<Doing> doing = TaskOf(unit).Look();
  if (doing && TaskObserver::MayOnlyBeLate(*doing) && waited < settings_.timeout) {
    unit.timer = loop_.At(Now() + settings_.stall_after, [this, &unit] { OnStallTimer(unit); });
    return;
  }
  if (doing) Record(unit.index, *doing);
  unit.silent = true;
  Record(unit.index, Silent{waited});
  Advance();
}

}  // namespace bulkhead
