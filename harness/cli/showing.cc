#include "harness/cli/showing.h"

#include <algorithm>

#include "harness/judge/fates.h"
#include "harness/model/names.h"
#include "reports/text.h"

namespace bulkhead {
namespace {

std::string Word(Fired::State state) {
  if (state == Fired::State::kFired) return "fired";
  return state == Fired::State::kVoid ? "void" : "not certain to have fired";
}

// How long somebody was waited for is no difference.
std::string Word(const Fate& fate) {
  return std::holds_alternative<Stalled>(fate) ? "stalled" : Describe(fate);
}

std::string FindingOf(const Claim& claim, const Manifest& manifest, const Trial& trial) {
  return Shows(claim.experiment, manifest, trial) ? "shown" : "not shown";
}

}  // namespace

Showing ShowingOf(const std::vector<Claim>& claims, const Manifest& manifest, const Trial& trial) {
  const TrialPlan& plan = trial.plan;
  const JudgedTrial judged = JudgeTrial(manifest, trial);
  const bool treatment = plan.arm == Arm::kTreatment;
  Showing showing;
  const auto add = [&](const std::string& what, const std::string& value) {
    showing.push_back({text::OneLine(what), text::OneLine(value)});
  };
  if (treatment) {
    add("act", Word(judged.fired.state));
  } else {
    const std::string& failure = judged.control_failure;
    add("control", failure.empty() ? "behaved as it must" : "failed: " + failure);
  }
  for (std::uint32_t unit = 0; unit < judged.fates.size(); ++unit) {
    add(UnitName(unit, plan.bystanders, plan.cell.vehicle), Word(judged.fates[unit]));
  }
  if (!treatment) return showing;
  const bool counted = judged.why_not_counted.empty();
  add("trial", counted ? "counted" : "not counted: " + judged.why_not_counted);
  for (const Claim& claim : claims) {
    if (claim.quantifier == Quantifier::kRatio) continue;
    add("claim " + claim.id,
        counted ? FindingOf(claim, manifest, trial) : "without a counted trial");
  }
  return showing;
}

std::string Told(const Showing& showing) {
  std::string told;
  for (const Aspect& aspect : showing) {
    told += (told.empty() ? "" : "; ") + aspect.what + " " + aspect.value;
  }
  return told;
}

std::string Difference(const Showing& then, const Showing& now) {
  std::string told;
  for (const Aspect& aspect : now) {
    const auto other = std::ranges::find(then, aspect.what, &Aspect::what);
    if (other == then.end() || other->value == aspect.value) continue;
    told += (told.empty() ? "" : "; ") + aspect.what + " " + aspect.value + ", was " + other->value;
  }
  return told;
}

}  // namespace bulkhead
