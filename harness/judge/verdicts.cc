#include "harness/judge/verdicts.h"

#include <algorithm>

#include "harness/base/msgid.h"
#include "harness/judge/bounds.h"
#include "harness/model/names.h"

namespace bulkhead {
namespace {

// A bootstrap over fewer pairs gives an interval that only looks like one.
constexpr std::uint64_t kFewestPairs = 30;

// Why the controls of the cell do not vouch for it; empty when they do.
Message ControlTrouble(const CellTally& cell) {
  const auto failed = [](const ControlTally& tally) { return tally.run > tally.passed; };
  if (failed(cell.no_fault)) {
    return Say("a no-fault control failed: {}", cell.no_fault.first_failure);
  }
  if (failed(cell.positive)) {
    return Say("a positive control failed: {}", cell.positive.first_failure);
  }
  const bool no_fault = cell.planned.no_fault > 0 && cell.no_fault.passed == 0;
  const bool positive = cell.planned.positive > 0 && cell.positive.passed == 0;
  if (!no_fault && !positive) return {};
  const Message missing = !positive   ? Say("no no-fault control was completed")
                          : !no_fault ? Say("no positive control was completed")
                                      : Say("no control of either kind was completed");
  if (cell.control_trouble.text.empty()) return missing;
  return Say("{}: {}", missing, cell.control_trouble.text);
}

// `reason`, and why trials that were carried out do not count.
Message WithUncounted(Message reason, const CellTally& cell, const ClaimTally& tally) {
  const auto say = [&](const char* pattern, std::uint64_t number, const FirstText& first) {
    return Say(pattern, reason, Message::Count(number), std::to_string(first.trial), first.text);
  };
  if (cell.void_trials > 0) {
    return say(Msgid("{}; {} without effect, first trial {}: {}"), cell.void_trials,
               cell.first_void);
  }
  if (cell.troubled > 0) {
    return say(Msgid("{}; {} spoilt, first trial {}: {}"), cell.troubled, cell.first_trouble);
  }
  if (tally.unclear > 0) {
    return say(Msgid("{}; {} unclear, first trial {}: {}"), tally.unclear, tally.first_unclear);
  }
  return reason;
}

void Settle(const Claim& claim, const CellTally& cell, const ClaimTally& tally, bool replay,
            CellResult& result) {
  if (!cell.planned.not_applicable.empty()) {
    result.state = CellState::kNotApplicable;
    result.reason = Message::Known(cell.planned.not_applicable);
    return;
  }
  result.reason = cell.WhyBroken();
  if (!result.reason.empty()) {
    result.state = CellState::kBroken;
    return;
  }
  result.reason = ControlTrouble(cell);
  if (!result.reason.empty()) return;
  if (result.executed == 0) {
    result.reason = Say("no treatment trial was carried out");
    return;
  }
  if (result.counted == 0) {
    result.reason = WithUncounted(Say("no trial counts"), cell, tally);
    return;
  }
  switch (claim.quantifier) {
    case Quantifier::kAlways:
      if (result.found > 0) {
        result.state = CellState::kViolated;
        result.reason =
            Say("found in {} of {}", Message::Count(result.found), TrialCount(result.counted));
      } else if (replay) {
        result.reason = WithUncounted(
            Say("no finding in {}, but all are one trial again, which says nothing of others",
                TrialCount(result.counted)),
            cell, tally);
      } else if (result.upper <= claim.target) {
        result.state = CellState::kHolds;
      } else {
        result.reason = WithUncounted(
            Say("no finding in {}, but the rate may be up to {}, above the target of {}",
                TrialCount(result.counted), Message::Number(PercentAbove(result.upper)),
                Message::Number(PercentAbove(claim.target))),
            cell, tally);
      }
      return;
    case Quantifier::kMay:
      if (result.found > 0) {
        result.state = CellState::kHolds;
      } else {
        result.reason =
            WithUncounted(Say("not witnessed in {}", TrialCount(result.counted)), cell, tally);
      }
      return;
    case Quantifier::kRatio:
      return;  // by DecideRatio
  }
}

std::vector<std::uint64_t> SamplesOf(const CellTally& cell, const std::string& name) {
  const auto series = cell.series.find(name);
  return series == cell.series.end() ? std::vector<std::uint64_t>() : series->second.Values();
}

CellResult ResultOf(const RunPlan& plan, const Claim& claim, const CellTally& cell,
                    const ClaimTally& tally) {
  CellResult result;
  result.cell = cell.planned.key;
  result.planned = cell.planned.treatment;
  result.executed = cell.seen[static_cast<std::size_t>(Arm::kTreatment)];
  result.counted = tally.counted;
  result.void_trials = cell.void_trials;
  result.troubled = cell.troubled + tally.unclear;
  result.found = tally.found;
  result.lower = LowerBound(result.counted, result.found, plan.confidence);
  result.upper = UpperBound(result.counted, result.found, plan.confidence);
  result.stopped_early = result.executed < result.planned && HasEnough(cell, plan);
  result.blocks = result.counted > 0 ? cell.blocks.size() : 0;
  result.replays = tally.replays.tried();
  result.replayed = tally.replays.again();
  result.no_fault = cell.no_fault;
  result.positive = cell.positive;
  result.victim_fates = cell.victim_fates;
  result.bystander_fates = cell.bystander_fates;
  if (tally.witness.trial) result.witness = tally.witness.trial->plan.id;
  if (tally.typical.trial) result.typical = tally.typical.trial->plan.id;
  for (const auto& [name, series] : cell.series) {
    std::vector<std::uint64_t> values = series.Values();
    if (!values.empty()) result.series.push_back(Spread(name, std::move(values)));
  }
  Settle(claim, cell, tally, plan.replay.has_value(), result);
  return result;
}

struct States {
  std::uint64_t holds = 0, violated = 0, open = 0, not_applicable = 0, broken = 0;
};

States CountStates(const std::vector<CellResult>& cells) {
  States states;
  for (const CellResult& cell : cells) {
    switch (cell.state) {
      case CellState::kHolds:
        ++states.holds;
        break;
      case CellState::kViolated:
        ++states.violated;
        break;
      case CellState::kOpen:
        ++states.open;
        break;
      case CellState::kNotApplicable:
        ++states.not_applicable;
        break;
      case CellState::kBroken:
        ++states.broken;
        break;
    }
  }
  return states;
}

Outcome OutcomeOf(Quantifier quantifier, const Verdict& verdict) {
  const States states = CountStates(verdict.cells);
  if (!verdict.cells.empty() && states.not_applicable == verdict.cells.size()) {
    return Outcome::kNotApplicable;
  }
  // An observer that is wrong once vouches for nothing of this claim.
  if (verdict.control_failed) return Outcome::kInconclusive;
  if (quantifier == Quantifier::kMay) {
    if (states.holds > 0) return Outcome::kSupported;
  } else if (states.violated > 0) {
    return states.holds > 0 ? Outcome::kConditional : Outcome::kRefuted;
  }
  if (states.broken > 0) return Outcome::kBroken;
  if (states.open > 0 || states.holds == 0) return Outcome::kInconclusive;
  return Outcome::kSupported;
}

void DecideCell(const RatioSpec& spec, const RatioResult& ratio, CellResult& cell) {
  // A cell that is open already has a reason of its own: controls or nothing counted.
  if (cell.state != CellState::kOpen || !cell.reason.empty()) return;
  if (ratio.samples < kFewestPairs) {
    cell.reason = SayPlural("{} pair of samples are too few, {} are needed",
                            "{} pairs of samples are too few, {} are needed", ratio.samples,
                            Message::Count(ratio.samples), Message::Count(kFewestPairs));
  } else if (ratio.denominator_median <= 0.0) {
    cell.reason = Say("the median of \"{}\" is 0", spec.denominator);
  } else if (ratio.low > spec.than) {
    cell.state = CellState::kHolds;
  } else if (ratio.high < spec.than) {
    cell.state = CellState::kViolated;
    cell.reason = Say("the whole interval lies on the other side");
  } else {
    cell.reason = Say("the interval contains the claimed limit");
  }
}

// Each cell is judged by its own samples: medians of different things have no common ratio.
void DecideRatio(const RunPlan& plan, std::size_t index, const std::vector<const CellTally*>& cells,
                 Verdict& verdict) {
  const std::optional<RatioSpec>& spec = plan.claims[index].experiment.ratio;
  if (!spec) return;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::uint64_t seed = Derive(Derive(plan.seed, 0x726174696fu + index), i);
    const RatioResult ratio =
        RatioOfMedians(SamplesOf(*cells[i], spec->numerator),
                       SamplesOf(*cells[i], spec->denominator), plan.confidence, seed);
    DecideCell(*spec, ratio, verdict.cells[i]);
    if (ratio.samples == 0) continue;
    verdict.cells[i].ratio = ratio;
    if (!verdict.ratio || ratio.low < verdict.ratio->low) verdict.ratio = ratio;
  }
}

// More trials may yet make a cell hold that is open for want of them.
bool MayYetBeConditional(const Verdict& verdict) {
  return verdict.outcome == Outcome::kRefuted &&
         std::ranges::any_of(verdict.cells, [](const CellResult& cell) {
           return cell.state == CellState::kOpen &&
                  (cell.counted > 0 || cell.executed < cell.planned);
         });
}

// The trial to look at when nothing is decided: the control that failed, or the example of a fault
// without effect in the first open cell, which the sentence names.  A healthy trial explains
// nothing.
std::optional<std::uint64_t> Telltale(const Verdict& verdict,
                                      const std::vector<const CellTally*>& cells) {
  std::optional<std::uint64_t> first;
  if (verdict.control_failed) {
    for (const CellTally* cell : cells) {
      if (!cell->failed_control.trial) continue;
      const std::uint64_t id = cell->failed_control.trial->plan.id;
      first = std::min(first.value_or(id), id);
    }
    return first;
  }
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (verdict.cells[i].state != CellState::kOpen) continue;
    const bool all_void = verdict.cells[i].counted == 0 && cells[i]->void_example.trial;
    if (all_void) first = cells[i]->void_example.trial->plan.id;
    break;
  }
  return first;
}

bool Decisive(Outcome outcome) {
  return outcome == Outcome::kSupported || outcome == Outcome::kRefuted ||
         outcome == Outcome::kConditional;
}

}  // namespace

bool HasEnough(const CellTally& cell, const RunPlan& plan) {
  if (plan.stopping.enough == 0 || cell.claims.empty()) return false;
  return std::ranges::all_of(cell.claims, [&](const ClaimTally& tally) {
    return plan.claims[tally.claim].quantifier != Quantifier::kRatio &&
           tally.found >= plan.stopping.enough;
  });
}

Verdict Decide(const RunPlan& plan, std::size_t index, const std::vector<const CellTally*>& cells) {
  const Claim& claim = plan.claims[index];
  Verdict verdict;
  verdict.claim = claim.id;
  for (const CellTally* cell : cells) {
    verdict.cells.push_back(ResultOf(plan, claim, *cell, *cell->Of(index)));
    verdict.control_failed |=
        cell->no_fault.run > cell->no_fault.passed || cell->positive.run > cell->positive.passed;
  }
  if (claim.quantifier == Quantifier::kRatio) DecideRatio(plan, index, cells, verdict);

  const CellState telling =
      claim.quantifier == Quantifier::kMay ? CellState::kHolds : CellState::kViolated;
  double worst = 0.0;
  for (const CellResult& cell : verdict.cells) {
    verdict.counted += cell.counted;
    verdict.found += cell.found;
    if (cell.state == CellState::kHolds) worst = std::max(worst, cell.upper);
    if (cell.state == telling && cell.witness) {
      verdict.witness = std::min(verdict.witness.value_or(*cell.witness), *cell.witness);
    }
  }
  if (worst > 0.0) verdict.worst_upper = worst;
  verdict.outcome = OutcomeOf(claim.quantifier, verdict);
  if (verdict.outcome == Outcome::kConditional) FindConditions(plan, verdict);
  if (verdict.control_failed || verdict.outcome == Outcome::kInconclusive) {
    verdict.witness = Telltale(verdict, cells);
  }
  if (claim.expect && (Decisive(verdict.outcome) || verdict.outcome == *claim.expect)) {
    verdict.as_expected = verdict.outcome == *claim.expect;
    if (*claim.expect == Outcome::kConditional && MayYetBeConditional(verdict)) {
      verdict.as_expected.reset();
    }
  }
  verdict.sentence = SentenceOf(claim, verdict, plan.confidence);
  return verdict;
}

}  // namespace bulkhead
