#include "harness/judge/fates.h"

#include <csignal>

#include "harness/base/msgid.h"
#include "harness/judge/happenings.h"

namespace bulkhead {
namespace {

// The handler's record of `signal` in the unit, or null.  The host's own is that of any thread.
const Faulted* FaultedBy(const Happenings& h, std::uint32_t unit, int signal) {
  const auto* own = h.Get<Faulted>(h.log(unit).faulted);
  if (own != nullptr && own->signal == signal) return own;
  if (h.traits().has_host && unit == h.host()) {
    for (std::uint32_t thread = 0; thread < h.units(); ++thread) {
      if (h.IsProcess(thread)) continue;
      own = h.Get<Faulted>(h.log(thread).faulted);
      if (own != nullptr && own->signal == signal) return own;
    }
  }
  return nullptr;
}

Cause CauseOf(const Happenings& h, std::uint32_t unit, int signal, const Faulted* fault) {
  const bool thread_bystander = !h.IsProcess(unit) && unit != kVictimIndex;
  // A bystander thread ends because its process does, whoever ended that.
  if (!thread_bystander && h.EndedBySupervisor(unit)) return Cause::kSupervisor;
  // SI_KERNEL is 128: everything above 0 comes from the kernel, not from a sender.
  if (fault != nullptr) return fault->si_code > 0 ? Cause::kFault : Cause::kSelf;
  if (thread_bystander) return Cause::kProcess;
  if (!h.IsProcess(unit) && FaultedBy(h, h.host(), signal) != nullptr) return Cause::kProcess;
  if (signal == SIGKILL && h.log(h.ProcessOf(unit)).oom_killed != kNowhere) return Cause::kOom;
  // SIGKILL reaches no handler: who sent it cannot be told.
  return Cause::kUnknown;
}

Fate FateByEnd(const Happenings& h, std::uint32_t unit, const Ended& end) {
  const bool thread_bystander = !h.IsProcess(unit) && unit != kVictimIndex;
  if (!end.signaled) {
    return Exited{end.status, thread_bystander ? Cause::kProcess : Cause::kSelf};
  }
  Signaled fate;
  fate.signal = end.status;
  fate.core = end.core;
  const Faulted* fault = FaultedBy(h, unit, end.status);
  if (fault != nullptr) {
    fate.si_code = fault->si_code;
    if (fault->si_code > 0) fate.address = fault->address;
  }
  fate.by = CauseOf(h, unit, end.status, fault);
  return fate;
}

// The end of a unit that has answered, or was given up, is the protocol's own: released (exit 0) or
// cleared away by a signal in the ledger.  Any other end is news.
bool EndIsProtocol(const Happenings& h, std::uint32_t unit, Place after) {
  const Ended* end = h.EndedOf(unit);
  if (end == nullptr || h.log(h.ProcessOf(unit)).ended < after) return true;
  return end->signaled ? h.EndedBySupervisor(unit) : end->status == 0;
}

}  // namespace

Fate FateOf(const Happenings& h, std::uint32_t unit) {
  if (!h.Has(unit) || (unit > h.bystanders() && !h.traits().has_host)) {
    return Lost{Msgid("the trial has no such unit")};
  }
  const UnitLog& log = h.log(unit);
  if (log.not_reaped != kNowhere) return Unkillable{};

  const Answered* answer = h.AnswerOf(unit);
  const Ended* end = h.EndedOf(unit);
  const Place ended = h.log(h.ProcessOf(unit)).ended;
  const bool silent = log.silent != kNowhere && (answer == nullptr || log.silent > log.answered) &&
                      // A dead unit is silent too: then its end is the fate.
                      (ended == kNowhere || ended > log.silent);
  if (silent && EndIsProtocol(h, unit, log.silent)) {
    return Stalled{h.Get<Silent>(log.silent)->waited};
  }
  if (!silent && answer != nullptr && EndIsProtocol(h, unit, log.answered)) {
    if (answer->digest_right) return Intact{};
    return Corrupt{answer->offset, answer->words};
  }

  if (!h.IsProcess(unit) && log.task_gone != kNowhere && log.task_gone < ended) {
    return Exited{std::nullopt, Cause::kSelf};
  }
  if (end != nullptr) {
    // It had lost its channel before the supervisor cleared it away: it was not seen to die.
    const Place sent = end->signaled ? h.InLedger(h.ProcessOf(unit), end->status, ended) : kNowhere;
    if (sent != kNowhere && log.closed < sent) {
      return Lost{Msgid("its channel closed while it was still there")};
    }
    return FateByEnd(h, unit, *end);
  }
  if (log.closed != kNowhere) return Lost{Msgid("its channel closed, and no end was reported")};
  if (log.challenged != kNowhere)
    return Lost{Msgid("it was asked; neither answer nor end is recorded")};
  return Lost{Msgid("it was not asked after the fault, and no end was reported")};
}

Fate FateOf(const Trial& trial, std::uint32_t unit) { return FateOf(Happenings(trial), unit); }

}  // namespace bulkhead
