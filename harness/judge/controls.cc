// Controls: the harness's eyes are tested where the answer is known beforehand.
#include "harness/judge/controls.h"

#include "harness/judge/fates.h"
#include "harness/model/names.h"

namespace bulkhead {
namespace {

constexpr std::uint32_t kHitUnit = 1;

// "nothing was done, and bystander 1 exited 0 (self)".  The words of fates are names.
Message NothingAnd(const Message& who, const Fate& fate) {
  const std::string told = Describe(fate);
  if (std::holds_alternative<Signaled>(fate)) {
    return Say("nothing was done, and {} was {}", who, told);
  }
  const bool own_verb = std::holds_alternative<Exited>(fate) ||
                        std::holds_alternative<Stalled>(fate) ||
                        std::holds_alternative<Leaked>(fate);
  if (own_verb) return Say("nothing was done, and {} {}", who, told);
  return Say("nothing was done, and {} is {}", who, told);
}

Message NoFaultFailure(const Examined& trial) {
  const Happenings& h = trial.happenings;
  const Manifest& manifest = trial.manifest;
  for (std::uint32_t unit = 0; unit < h.units(); ++unit) {
    if (!std::holds_alternative<Intact>(trial.fates[unit])) {
      return NothingAnd(TheUnit(h, unit), trial.fates[unit]);
    }
  }
  if (!manifest.everyone_acts && manifest.kind != ScenarioKind::kMeasure &&
      h.log(kVictimIndex).firing != kNowhere) {
    return Say("the victim fired without being told to");
  }
  if (manifest.kind != ScenarioKind::kProbe) return {};

  bool counters = false;
  const std::vector<Observation>& seen = h.trial().observations;
  for (Place place = 0; place < seen.size(); ++place) {
    const auto* reading = h.Get<Reading>(place);
    if (reading == nullptr || seen[place].unit >= h.units() || !h.AfterArming(place)) continue;
    if (IsCount(reading->name)) {
      counters = true;
      continue;
    }
    const Message who = TheUnit(h, seen[place].unit);
    switch (SightOf(h, seen[place].unit, *reading)) {
      case Sight::kOwn:
        break;
      case Sight::kForeign:
        return Say("nothing was done, and {} reads another's doing in \"{}\"", who, reading->name);
      case Sight::kOther:
        return Say("{} read a value of \"{}\" that no unit wrote", who, reading->name);
    }
  }
  if (counters) {
    const Look look = UpdatesLost(trial);
    if (!look.unclear.empty()) return look.unclear;
    if (look.shown) return Say("the units took turns, and updates were lost");
  }
  return {};
}

Message ProbeHitFailure(const Examined& trial) {
  const Happenings& h = trial.happenings;
  bool counters = false, foreign = false;
  const std::vector<Observation>& seen = h.trial().observations;
  for (Place place = 0; place < seen.size(); ++place) {
    const auto* reading = h.Get<Reading>(place);
    if (reading == nullptr || seen[place].unit != kHitUnit || !h.AfterArming(place)) continue;
    if (IsCount(reading->name)) {
      counters = true;
    } else {
      foreign |= SightOf(h, kHitUnit, *reading) == Sight::kForeign;
    }
  }
  if (counters) {
    const Look last = UpdatesLost(trial);
    if (!last.unclear.empty()) return last.unclear;
    if (last.shown || UpdatesLost(trial, kHitUnit).shown) return {};
    return Say("an update of bystander 1 was undone, and the counters are exact");
  }
  if (foreign) return {};
  return Say("bystander 1 was made to read the victim's doing, and no reading of it is foreign");
}

}  // namespace

Message ControlFailure(const Examined& trial) {
  const Happenings& h = trial.happenings;
  const TrialPlan& plan = h.trial().plan;
  if (plan.arm == Arm::kTreatment) return Say("a treatment trial is no control");
  if (plan.arm == Arm::kNoFault) return NoFaultFailure(trial);
  if (plan.bystanders < kHitUnit) return Say("there is no bystander that could be hit");

  const Fate& fate = trial.fates[kHitUnit];
  const std::string reported = Describe(fate);
  switch (plan.hit) {
    case Hit::kNone:
      return Say("the plan does not say what to hit");
    case Hit::kKill:
      // A thread's own end would not do: it is the process that was killed.
      if (IsDead(fate) && h.EndedOf(kHitUnit) != nullptr) return {};
      return Say("bystander 1 was killed and reported {}", reported);
    case Hit::kCorrupt:
      if (std::holds_alternative<Corrupt>(fate)) return {};
      return Say("the canary of bystander 1 was broken and reported {}", reported);
    case Hit::kStop:
      if (std::holds_alternative<Stalled>(fate)) return {};
      return Say("bystander 1 was stopped and reported {}", reported);
    case Hit::kProbe:
      return ProbeHitFailure(trial);
  }
  return Say("this judge does not know the hit");
}

Message ControlFailure(const Manifest& manifest, const Trial& trial) {
  return ControlFailure(Examined(manifest, trial));
}

}  // namespace bulkhead
