// Whether the fault certainly happened: the arming token, echoed by the unit just before the act,
// and at least one channel besides.  Trap: a bare wait status shows a fault, raise() and a foreign
// kill alike, and exit(0) by protocol looks like exit(0) by the act.
#include <csignal>

#include "harness/judge/fates.h"
#include "harness/judge/findings.h"

namespace bulkhead {
namespace {

constexpr Nanoseconds kLeastSpin = kMillisecond;

Fired Void(Message why) { return Fired{Fired::State::kVoid, {}, std::move(why)}; }

Message Word(const ExpectedEnd& end) {
  switch (end.kind) {
    case EndKind::kSignal:
      return Message(SignalName(end.value));
    case EndKind::kExit:
      return Say("exit {}", std::to_string(end.value));
    case EndKind::kThread:
      return Say("the end of its thread");
    case EndKind::kReturn:
      return Say("a return");
    case EndKind::kSpinning:
      return Say("spinning");
    case EndKind::kBlocked:
      return Say("blocking in a system call");
    case EndKind::kStopped:
      return Say("being stopped");
  }
  return Message("?");
}

Message Expected(const Manifest& manifest) {
  Message text;
  for (const ExpectedEnd& end : manifest.ends) {
    text = text.empty() ? Word(end) : Say("{} or {}", text, Word(end));
  }
  return text;
}

// What the victim was seen to do, for the reason of a void trial.
Message Seen(const Happenings& h) {
  const UnitLog& log = h.log(kVictimIndex);
  if (log.returned != kNowhere) {
    const auto* target = h.Get<TargetRead>(log.target_read);
    if (target != nullptr && !target->stored) {
      return Say("the victim returned and its store is not in memory");
    }
    return Say("the victim returned");
  }
  if (log.task_gone != kNowhere) return Say("the victim's thread ended");
  const Ended* end = h.EndedOf(kVictimIndex);
  if (end != nullptr && !h.EndedBySupervisor(kVictimIndex)) {
    const bool own = h.IsProcess(kVictimIndex);
    if (end->signaled) {
      const std::string signal = SignalName(end->status);
      return own ? Say("the victim ended by {}", signal)
                 : Say("the victim's process ended by {}", signal);
    }
    const std::string code = std::to_string(end->status);
    return own ? Say("the victim exited {}", code) : Say("the victim's process exited {}", code);
  }
  if (const auto* doing = h.Get<Doing>(log.doing)) {
    return Say("the victim was in state {} after {} us of CPU time", std::string(1, doing->state),
               std::to_string(doing->cpu_ns / kMicrosecond));
  }
  if (end != nullptr) {
    return Say("the supervisor ended the victim by {}", SignalName(end->status));
  }
  return Say("nothing more is known of the victim");
}

// Had a unit of the victim's process answered, or been given up, before that process ended?  Then a
// host that exits was released.
bool ReleasedBefore(const Happenings& h, Place ended) {
  for (std::uint32_t unit = 0; unit < h.units(); ++unit) {
    if (h.ProcessOf(unit) != h.ProcessOf(kVictimIndex)) continue;
    if (h.log(unit).answered < ended || h.log(unit).silent < ended) return true;
  }
  return false;
}

bool BySignal(const Happenings& h, int signal, std::vector<std::string>& channels) {
  const Ended* end = h.EndedOf(kVictimIndex);
  if (end == nullptr || !end->signaled || end->status != signal) return false;
  const auto* own = h.Get<Faulted>(h.log(kVictimIndex).faulted);
  const bool caught = own != nullptr && own->signal == signal;
  // SI_USER (0) is what the supervisor's own signal would show.
  if (h.EndedBySupervisor(kVictimIndex) && !(caught && own->si_code != SI_USER)) return false;
  if (!caught) {
    // The handler of another thread has it: then it was not the victim that was hit.
    for (std::uint32_t unit = 1; unit < h.units(); ++unit) {
      if (h.ProcessOf(unit) != h.ProcessOf(kVictimIndex)) continue;
      const auto* other = h.Get<Faulted>(h.log(unit).faulted);
      if (other != nullptr && other->signal == signal) return false;
    }
  }
  channels = {"token"};
  if (caught) channels.push_back("handler");
  channels.push_back("kernel");
  if (h.log(kVictimIndex).oom_killed != kNowhere) channels.push_back("cgroup");
  return true;
}

bool ByExit(const Happenings& h, int code, std::vector<std::string>& channels) {
  const UnitLog& log = h.log(kVictimIndex);
  const Ended* end = h.EndedOf(kVictimIndex);
  if (end == nullptr || end->signaled || end->status != code) return false;
  if (log.returned != kNowhere || log.task_gone != kNowhere) return false;
  if (ReleasedBefore(h, h.log(h.ProcessOf(kVictimIndex)).ended)) return false;
  channels = {"token", "kernel"};
  return true;
}

bool ByReturn(const Manifest& manifest, const Happenings& h, std::vector<std::string>& channels) {
  const std::uint32_t actors = manifest.everyone_acts ? h.units() : 1;
  for (std::uint32_t unit = 0; unit < actors; ++unit) {
    if (h.log(unit).returned == kNowhere) return false;
  }
  channels = {"token", "returned"};
  if (const auto* target = h.Get<TargetRead>(h.log(kVictimIndex).target_read)) {
    if (!target->stored) return false;
    channels.push_back("memory");
  }
  return true;
}

// Neither returned nor ended of its own: the supervisor put an end to it, or released its host.
bool Hangs(const Happenings& h) {
  const UnitLog& log = h.log(kVictimIndex);
  if (log.returned != kNowhere || log.task_gone != kNowhere) return false;
  const Ended* end = h.EndedOf(kVictimIndex);
  if (end == nullptr || h.EndedBySupervisor(kVictimIndex)) return true;
  return !end->signaled && ReleasedBefore(h, h.log(h.ProcessOf(kVictimIndex)).ended);
}

bool Matches(const Manifest& manifest, const ExpectedEnd& expected, const Happenings& h,
             std::vector<std::string>& channels) {
  const UnitLog& log = h.log(kVictimIndex);
  const auto* doing = h.Get<Doing>(log.doing);
  switch (expected.kind) {
    case EndKind::kSignal:
      return BySignal(h, expected.value, channels);
    case EndKind::kExit:
      return ByExit(h, expected.value, channels);
    case EndKind::kThread:
      channels = {"token", "kernel"};
      return log.task_gone != kNowhere;
    case EndKind::kReturn:
      return ByReturn(manifest, h, channels);
    case EndKind::kSpinning:
      channels = {"token", "cpu-clock"};
      return Hangs(h) && doing != nullptr && doing->cpu_ns >= kLeastSpin;
    case EndKind::kBlocked:
      channels = {"token", "kernel"};
      return Hangs(h) && doing != nullptr && (doing->state == 'S' || doing->state == 'D') &&
             doing->syscall >= 0;
    case EndKind::kStopped:
      channels = {"token", "kernel"};
      return Hangs(h) && doing != nullptr && doing->state == 'T';
  }
  return false;
}

}  // namespace

Fired FiredOf(const Manifest& manifest, const Happenings& h) {
  if (h.trial().plan.arm == Arm::kNoFault) return Void(Say("no fault was injected in this arm"));
  const std::uint32_t actors = manifest.everyone_acts ? h.units() : 1;
  for (std::uint32_t unit = 0; unit < actors; ++unit) {
    if (h.log(unit).firing == kNowhere) return Void(Say("{} never fired", TheUnit(h, unit)));
  }
  for (const ExpectedEnd& expected : manifest.ends) {
    std::vector<std::string> channels;
    if (Matches(manifest, expected, h, channels)) {
      return Fired{Fired::State::kFired, std::move(channels), {}};
    }
  }
  if (manifest.ends.empty()) {
    return Fired{Fired::State::kUnknown, {}, Say("the scenario does not say how it takes effect")};
  }
  return Void(Say("{}, expected {}", Seen(h), Expected(manifest)));
}

Fired FiredOf(const Manifest& manifest, const Trial& trial) {
  return FiredOf(manifest, Happenings(trial));
}

}  // namespace bulkhead
