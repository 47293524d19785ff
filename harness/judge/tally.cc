#include "harness/judge/tally.h"

#include "harness/judge/controls.h"
#include "harness/judge/fates.h"
#include "harness/judge/verdicts.h"

namespace bulkhead {
namespace {

// The bootstrap draws each pair thousands of times; more pairs than this would stall a live run and
// do not narrow the interval in a way that matters.
constexpr std::size_t kMostSamples = 2'000;
constexpr std::size_t kMostSeries = 32;

}  // namespace

void FirstText::Offer(std::uint64_t id, const Message& what) {
  if (id >= trial) return;
  trial = id;
  text = what;
}

void Series::Add(std::uint64_t trial, const std::vector<std::uint64_t>& values) {
  std::vector<std::uint64_t>& part = by_trial_[trial];
  part.insert(part.end(), values.begin(), values.end());
  samples_ += values.size();
  while (by_trial_.size() > 1 && samples_ - by_trial_.rbegin()->second.size() >= kMostSamples) {
    samples_ -= by_trial_.rbegin()->second.size();
    by_trial_.erase(std::prev(by_trial_.end()));
  }
}

std::vector<std::uint64_t> Series::Values() const {
  std::vector<std::uint64_t> values;
  values.reserve(samples_);
  for (const auto& [trial, part] : by_trial_) {
    values.insert(values.end(), part.begin(), part.end());
  }
  return values;
}

void CellTally::Gather(const Trial& trial) {
  for (const Observation& seen : trial.observations) {
    const auto* samples = std::get_if<Samples>(&seen.event);
    if (samples == nullptr) continue;
    if (!series.contains(samples->name) && series.size() == kMostSeries) continue;
    series[samples->name].Add(trial.plan.id, samples->values);
  }
}

void Replays::Add(const TrialPlan& plan, bool shown) {
  const auto [place, alone] = unpaired_.try_emplace(plan.seed, One{plan.id, shown});
  if (alone) return;
  const One other = place->second;
  unpaired_.erase(place);
  const bool later = plan.id > other.trial;  // jobs finish in any order
  if (!(later ? other.shown : shown)) return;
  ++tried_;
  if (later ? shown : other.shown) ++again_;
}

std::string FateWord(const Fate& fate) {
  if (const auto* exited = std::get_if<Exited>(&fate)) {
    return exited->code ? "exited " + std::to_string(*exited->code) : "exited";
  }
  if (const auto* signaled = std::get_if<Signaled>(&fate)) {
    return "signaled " + SignalName(signaled->signal);
  }
  if (std::holds_alternative<Intact>(fate)) return "intact";
  if (std::holds_alternative<Corrupt>(fate)) return "corrupt";
  if (std::holds_alternative<Stalled>(fate)) return "stalled";
  if (std::holds_alternative<Leaked>(fate)) return "leaked";
  if (std::holds_alternative<Unkillable>(fate)) return "unkillable";
  return "lost";
}

const ClaimTally* CellTally::Of(std::size_t claim) const {
  for (const ClaimTally& tally : claims) {
    if (tally.claim == claim) return &tally;
  }
  return nullptr;
}

bool CellTally::HasAll(Arm arm) const {
  const std::uint64_t wanted = arm == Arm::kTreatment ? planned.treatment
                               : arm == Arm::kNoFault ? planned.no_fault
                                                      : planned.positive;
  return seen[static_cast<std::size_t>(arm)] >= wanted;
}

Message CellTally::WhyBroken() const {
  if (broken) return Message(*broken);
  if (manifest == nullptr) return Say("the plan has no scenario of this name");
  const std::uint64_t all = seen[0] + seen[1] + seen[2];
  if (all == 0 || not_carried_out < all) return {};
  const FirstText& first =
      first_trouble.trial < control_trouble.trial ? first_trouble : control_trouble;
  return Say("none of {} could be carried out, first trial {}: {}", TrialCount(all),
             std::to_string(first.trial), first.text);
}

void CellTally::Add(const Trial& trial, const std::vector<Claim>& plan_claims) {
  ++seen[static_cast<std::size_t>(trial.plan.arm)];
  if (!trial.trouble.empty()) ++not_carried_out;
  if (manifest == nullptr) return;
  const Examined examined(*manifest, trial);
  if (trial.plan.arm == Arm::kTreatment) {
    AddTreatment(trial, examined, plan_claims);
  } else {
    AddControl(trial, examined);
  }
}

void CellTally::AddControl(const Trial& trial, const Examined& examined) {
  // Spoilt by the harness: it tells nothing of the eyes, neither for nor against them.
  if (!trial.trouble.empty()) {
    control_trouble.Offer(trial.plan.id, Message(trial.trouble));
    return;
  }
  const bool no_fault_arm = trial.plan.arm == Arm::kNoFault;
  ControlTally& tally = no_fault_arm ? no_fault : positive;
  FirstText& failure = no_fault_arm ? no_fault_failure : positive_failure;
  ++tally.run;
  const Message why = ControlFailure(examined);
  if (why.empty()) {
    ++tally.passed;
    return;
  }
  failure.Offer(trial.plan.id, why);
  tally.first_failure = Say("trial {}: {}", std::to_string(failure.trial), failure.text);
  if (failed_control.Wants(trial.plan.id)) {
    failed_control.trial = std::make_shared<const Trial>(trial);
  }
}

void CellTally::AddTreatment(const Trial& trial, const Examined& examined,
                             const std::vector<Claim>& plan_claims) {
  const std::uint64_t id = trial.plan.id;
  if (!trial.trouble.empty()) {
    ++troubled;
    first_trouble.Offer(id, Message(trial.trouble));
    return;
  }
  const Fired fired = FiredOf(*manifest, examined.happenings);
  if (fired.state != Fired::State::kFired) {
    ++void_trials;
    first_void.Offer(id, fired.why_not);
    if (void_example.Wants(id)) void_example.trial = std::make_shared<const Trial>(trial);
    return;
  }
  if (const Message spoilt = WhySpoilt(examined); !spoilt.empty()) {
    ++troubled;
    first_trouble.Offer(id, spoilt);
    return;
  }

  blocks.insert(trial.plan.block);
  Gather(trial);
  for (std::size_t unit = 0; unit < examined.fates.size(); ++unit) {
    ++(unit == kVictimIndex ? victim_fates : bystander_fates)[FateWord(examined.fates[unit])];
  }
  std::shared_ptr<const Trial> kept;  // one copy, however many claims want it
  for (ClaimTally& tally : claims) {
    const Claim& claim = plan_claims[tally.claim];
    Look look;
    if (claim.quantifier != Quantifier::kRatio) look = LookFor(claim.experiment, examined);
    if (!look.unclear.empty()) {
      ++tally.unclear;
      tally.first_unclear.Offer(id, look.unclear);
      continue;
    }
    ++tally.counted;
    if (look.shown) ++tally.found;
    if (manifest->Races()) tally.replays.Add(trial.plan, look.shown);
    FirstTrial& first = look.shown ? tally.witness : tally.typical;
    if (!first.Wants(id)) continue;
    if (kept == nullptr) kept = std::make_shared<const Trial>(trial);
    first.trial = kept;
  }
}

}  // namespace bulkhead
