// Controls: the harness's eyes are tested where the answer is known beforehand.
#include "harness/judge/controls.h"

#include "harness/judge/fates.h"
#include "harness/model/names.h"

namespace bulkhead {
namespace {

constexpr std::uint32_t kHitUnit = 1;

std::string Who(const Happenings& h, std::uint32_t unit) {
  return (unit == kVictimIndex ? "the " : "") + h.Name(unit);
}

// "exited 0 (self)", "was signaled SIGSEGV (fault)", "is corrupt at 0x40, 1 word"
std::string What(const Fate& fate) {
  const bool own_verb = std::holds_alternative<Exited>(fate) ||
                        std::holds_alternative<Stalled>(fate) ||
                        std::holds_alternative<Leaked>(fate);
  const bool passive = std::holds_alternative<Signaled>(fate);
  return (own_verb ? "" : passive ? "was " : "is ") + Describe(fate);
}

std::string NoFaultFailure(const Examined& trial) {
  const Happenings& h = trial.happenings;
  const Manifest& manifest = trial.manifest;
  for (std::uint32_t unit = 0; unit < h.units(); ++unit) {
    if (!std::holds_alternative<Intact>(trial.fates[unit])) {
      return "nothing was done, and " + Who(h, unit) + " " + What(trial.fates[unit]);
    }
  }
  if (!manifest.everyone_acts && manifest.kind != ScenarioKind::kMeasure &&
      h.log(kVictimIndex).firing != kNowhere) {
    return "the victim fired without being told to";
  }
  if (manifest.kind != ScenarioKind::kProbe) return "";

  bool counters = false;
  const std::vector<Observation>& seen = h.trial().observations;
  for (Place place = 0; place < seen.size(); ++place) {
    const auto* reading = h.Get<Reading>(place);
    if (reading == nullptr || seen[place].unit >= h.units() || !h.AfterArming(place)) continue;
    if (IsCount(reading->name)) {
      counters = true;
      continue;
    }
    const std::string who = Who(h, seen[place].unit);
    switch (SightOf(h, seen[place].unit, *reading)) {
      case Sight::kOwn:
        break;
      case Sight::kForeign:
        return "nothing was done, and " + who + " reads another's doing in \"" + reading->name +
               "\"";
      case Sight::kOther:
        return who + " read a value of \"" + reading->name + "\" that no unit wrote";
    }
  }
  if (counters) {
    const Look look = UpdatesLost(trial);
    if (!look.unclear.empty()) return look.unclear;
    if (look.shown) return "the units took turns, and updates were lost";
  }
  return "";
}

std::string ProbeHitFailure(const Examined& trial) {
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
    if (last.shown || UpdatesLost(trial, kHitUnit).shown) return "";
    return "an update of bystander 1 was undone, and the counters are exact";
  }
  if (foreign) return "";
  return "bystander 1 was made to read the victim's doing, and no reading of it is foreign";
}

}  // namespace

std::string ControlFailure(const Examined& trial) {
  const Happenings& h = trial.happenings;
  const TrialPlan& plan = h.trial().plan;
  if (plan.arm == Arm::kTreatment) return "a treatment trial is no control";
  if (plan.arm == Arm::kNoFault) return NoFaultFailure(trial);
  if (plan.bystanders < kHitUnit) return "there is no bystander that could be hit";

  const Fate& fate = trial.fates[kHitUnit];
  const std::string reported = "and reported " + Describe(fate);
  switch (plan.hit) {
    case Hit::kNone:
      return "the plan does not say what to hit";
    case Hit::kKill:
      // A thread's own end would not do: it is the process that was killed.
      if (IsDead(fate) && h.EndedOf(kHitUnit) != nullptr) return "";
      return "bystander 1 was killed " + reported;
    case Hit::kCorrupt:
      if (std::holds_alternative<Corrupt>(fate)) return "";
      return "the canary of bystander 1 was broken " + reported;
    case Hit::kStop:
      if (std::holds_alternative<Stalled>(fate)) return "";
      return "bystander 1 was stopped " + reported;
    case Hit::kProbe:
      return ProbeHitFailure(trial);
  }
  return "this judge does not know the hit";
}

std::string ControlFailure(const Manifest& manifest, const Trial& trial) {
  return ControlFailure(Examined(manifest, trial));
}

}  // namespace bulkhead
