#include "harness/judge/happenings.h"

#include <algorithm>

#include "harness/model/names.h"

namespace bulkhead {
namespace {

void KeepFirst(Place& place, Place now) {
  if (place == kNowhere) place = now;
}

}  // namespace

Happenings::Happenings(const Trial& trial)
    : trial_(trial), traits_(TraitsOf(trial.plan.cell.vehicle)), logs_(trial.plan.bystanders + 2) {
  for (Place place = 0; place < trial.observations.size(); ++place) {
    const Observation& seen = trial.observations[place];
    if (seen.unit >= logs_.size()) continue;  // no unit of this trial: nothing can be made of it
    UnitLog& log = logs_[seen.unit];
    const Event& event = seen.event;
    if (std::holds_alternative<Armed>(event)) {
      if (armed_ == kNowhere) {
        armed_ = place;
        // What was asked before does not tell what the arming led to.
        for (UnitLog& other : logs_) other.challenged = other.answered = other.silent = kNowhere;
      }
    } else if (std::holds_alternative<Firing>(event)) {
      KeepFirst(log.firing, place);
    } else if (std::holds_alternative<Returned>(event)) {
      KeepFirst(log.returned, place);
    } else if (std::holds_alternative<Ended>(event)) {
      KeepFirst(log.ended, place);
    } else if (std::holds_alternative<TaskGone>(event)) {
      KeepFirst(log.task_gone, place);
    } else if (std::holds_alternative<NotReaped>(event)) {
      KeepFirst(log.not_reaped, place);
    } else if (std::holds_alternative<ChannelClosed>(event)) {
      KeepFirst(log.closed, place);
    } else if (std::holds_alternative<TargetRead>(event)) {
      KeepFirst(log.target_read, place);
    } else if (std::holds_alternative<OomKilled>(event)) {
      KeepFirst(log.oom_killed, place);
    } else if (std::holds_alternative<Faulted>(event)) {
      log.faulted = place;
    } else if (std::holds_alternative<Doing>(event)) {
      log.doing = place;
    } else if (std::holds_alternative<Challenged>(event)) {
      log.challenged = place;
    } else if (std::holds_alternative<Answered>(event)) {
      log.answered = place;
    } else if (std::holds_alternative<Silent>(event)) {
      log.silent = place;
    }
  }
}

std::string Happenings::Name(std::uint32_t unit) const { return UnitName(unit, bystanders()); }

bool Happenings::IsProcess(std::uint32_t unit) const {
  if (unit == kVictimIndex) return traits_.victim_is_process;
  if (unit <= bystanders()) return traits_.bystanders_are_processes;
  return true;
}

std::uint32_t Happenings::ProcessOf(std::uint32_t unit) const {
  return IsProcess(unit) ? unit : host();
}

Place Happenings::InLedger(std::uint32_t process, int signal, Place before) const {
  const Place last = std::min(before, trial_.observations.size());
  for (Place place = 0; place < last; ++place) {
    const Observation& seen = trial_.observations[place];
    const auto* sent = std::get_if<SignalSent>(&seen.event);
    if (sent == nullptr || (signal != 0 && sent->signal != signal)) continue;
    // A signal to a thread of the host that ends a process ends the host.
    if (ProcessOf(seen.unit) == process) return place;
  }
  return kNowhere;
}

bool Happenings::EndedBySupervisor(std::uint32_t unit) const {
  const std::uint32_t process = ProcessOf(unit);
  const Ended* end = EndedOf(unit);
  return end != nullptr && end->signaled &&
         InLedger(process, end->status, log(process).ended) != kNowhere;
}

const Answered* Happenings::AnswerOf(std::uint32_t unit) const {
  const UnitLog& own = log(unit);
  if (own.challenged == kNowhere || own.answered == kNowhere || own.answered < own.challenged) {
    return nullptr;
  }
  return Get<Answered>(own.answered);
}

}  // namespace bulkhead
