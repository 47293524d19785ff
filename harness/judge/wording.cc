// Sentences of verdicts.  All of them in one file, so that no other place can say more than the
// evidence does: every number has its scope, and "this machine" is part of the scope.
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "harness/base/msgid.h"
#include "harness/judge/verdicts.h"
#include "harness/model/names.h"

namespace bulkhead {
namespace {

// Two significant digits of a percentage, moved by `round` (ceil or floor).
std::string Percent(double rate, double (*round)(double)) {
  const double percent = rate * 100.0;
  if (!(percent > 0.0)) return "0 %";
  if (percent >= 100.0) return "100 %";
  const auto digits_of = [](double value) {
    return std::clamp(1 - static_cast<int>(std::floor(std::log10(value) + 1e-9)), 0, 9);
  };
  const double scale = std::pow(10.0, digits_of(percent));
  // The small shift undoes the noise of the multiplication: 1 % stays 1.0 %, not 1.1 %.
  const double noise = round(0.5) > 0.0 ? -1e-9 : 1e-9;
  const double rounded = round(percent * scale + noise) / scale;
  char text[32];
  // Rounding may have reached the next power of ten: 0.997 % becomes 1.0 %, not 1.00 %.
  std::snprintf(text, sizeof text, "%.*f %%", digits_of(rounded), rounded);
  return text;
}

Message Confidence(double confidence) {
  char text[32];
  std::snprintf(text, sizeof text, "%g %%", confidence * 100.0);
  return Message::Number(text);
}

Message Joined(const std::vector<Message>& parts) {
  Message text;
  for (const Message& part : parts) text = text.empty() ? part : Say("{}; {}", text, part);
  return text;
}

Message Above(double rate) { return Message::Number(PercentAbove(rate)); }

Message Cells(std::uint64_t cells) {
  return SayPlural("{} cell", "{} cells", cells, Message::Count(cells));
}

std::uint64_t CountState(const Verdict& verdict, CellState state) {
  return static_cast<std::uint64_t>(std::ranges::count_if(
      verdict.cells, [&](const CellResult& cell) { return cell.state == state; }));
}

const CellResult* FirstIn(const Verdict& verdict, CellState state) {
  for (const CellResult& cell : verdict.cells) {
    if (cell.state == state) return &cell;
  }
  return nullptr;
}

Message FindingsIn(const CellResult& cell) {
  const Message found = Message::Count(cell.found), trials = TrialCount(cell.counted);
  const std::string name = CellName(cell.cell);
  const Message where = cell.witness ? Say("in {} of {} of {} (trial {})", found, trials, name,
                                           std::to_string(*cell.witness))
                                     : Say("in {} of {} of {}", found, trials, name);
  if (cell.replays == 0) return where;
  return SayPlural("{}, again in {} of {} replay", "{}, again in {} of {} replays", cell.replays,
                   where, Message::Count(cell.replayed), Message::Count(cell.replays));
}

// The same, and how many cells more.
Message FindingsInAll(const CellResult& cell, std::uint64_t cells) {
  if (cells < 2) return FindingsIn(cell);
  return SayPlural("{} and in {} other cell", "{} and in {} other cells", cells - 1,
                   FindingsIn(cell), Message::Count(cells - 1));
}

// The cell that the verdict's own witness lies in.
const CellResult* WitnessCell(const Verdict& verdict) {
  for (const CellResult& cell : verdict.cells) {
    if (cell.witness && cell.witness == verdict.witness) return &cell;
  }
  return nullptr;
}

Message RatioText(const RatioResult& ratio, double confidence) {
  const auto number = [](double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.3g", value);
    return Message::Number(text);
  };
  return SayPlural("the ratio of medians is {} ({} interval {} to {}) from {} pair of samples",
                   "the ratio of medians is {} ({} interval {} to {}) from {} pairs of samples",
                   ratio.samples, number(ratio.ratio), Confidence(confidence), number(ratio.low),
                   number(ratio.high), Message::Count(ratio.samples));
}

Message RatioSentence(const Claim& claim, const Verdict& verdict, double confidence) {
  char limit[32];
  std::snprintf(limit, sizeof limit, "%g", claim.experiment.ratio->than);
  const Message than = Message::Number(limit), ratio = RatioText(*verdict.ratio, confidence);
  const auto judged = static_cast<std::uint64_t>(std::ranges::count_if(
      verdict.cells, [](const CellResult& cell) { return cell.ratio.has_value(); }));
  const bool supported = verdict.outcome == Outcome::kSupported;
  if (judged > 1) {
    return Say(supported
                   ? Msgid("The whole interval is above the claimed {} in each of {} cells; where "
                           "it is least, {}, on this machine.")
                   : Msgid("Refuted: the whole interval is below the claimed {} in each of {} "
                           "cells; where it is least, {}, on this machine."),
               than, Message::Count(judged), ratio);
  }
  return Say(supported ? Msgid("The whole interval is above the claimed {}: {}, on this machine.")
                       : Msgid("Refuted: the whole interval is below the claimed {}: {}, on this "
                               "machine."),
             than, ratio);
}

Message Supported(const Verdict& verdict, double confidence) {
  const Message text =
      Say("No counterexample in {} over {}; in each cell the rate is at most {} at {} confidence, "
          "on this machine.",
          TrialCount(verdict.counted), Cells(CountState(verdict, CellState::kHolds)),
          Above(verdict.worst_upper), Confidence(confidence));
  const std::uint64_t without = CountState(verdict, CellState::kNotApplicable);
  if (without == 0) return text;
  return SayPlural("{} {} cell cannot be run on this machine.",
                   "{} {} cells cannot be run on this machine.", without, text,
                   Message::Count(without));
}

Message Witnessed(const Verdict& verdict) {
  const CellResult* cell = WitnessCell(verdict);
  if (cell == nullptr) return Say("Witnessed on this machine.");
  return Say("Witnessed {}, on this machine.",
             FindingsInAll(*cell, CountState(verdict, CellState::kHolds)));
}

Message Refuted(const Verdict& verdict) {
  const CellResult* cell = WitnessCell(verdict);
  if (cell == nullptr) return Say("Refuted on this machine.");
  return Say("Refuted: {}, on this machine.",
             FindingsInAll(*cell, CountState(verdict, CellState::kViolated)));
}

Message Conditional(const Verdict& verdict, double confidence) {
  const Message holds = Joined(verdict.holds_in), fails = Joined(verdict.fails_in);
  const Message bound = Above(verdict.worst_upper), sure = Confidence(confidence);
  if (const CellResult* cell = WitnessCell(verdict)) {
    return Say(
        "It depends: no counterexample in {} (in each cell the rate is at most {} at {} "
        "confidence); counterexamples in {}, first {}, on this machine.",
        holds, bound, sure, fails, FindingsIn(*cell));
  }
  return Say(
      "It depends: no counterexample in {} (in each cell the rate is at most {} at {} "
      "confidence); counterexamples in {}, on this machine.",
      holds, bound, sure, fails);
}

// Where it is open, and why.
Message Open(const Verdict& verdict) {
  const CellResult* open = FirstIn(verdict, CellState::kOpen);
  if (open == nullptr) return Say("nothing was decided");
  return Say("{} of {} open, first {}: {}", Message::Count(CountState(verdict, CellState::kOpen)),
             Cells(verdict.cells.size()), CellName(open->cell), open->reason);
}

Message NoWitness(const Verdict& verdict, double confidence) {
  double worst = 0.0;
  for (const CellResult& cell : verdict.cells) {
    if (cell.state == CellState::kOpen && cell.counted > 0) worst = std::max(worst, cell.upper);
  }
  const Message trials = TrialCount(verdict.counted);
  if (worst == 0.0) return Say("no witness in {}", trials);
  return Say("no witness in {}; in each cell that counted, the rate is at most {} at {} confidence",
             trials, Above(worst), Confidence(confidence));
}

Message WhyInconclusive(const Claim& claim, const Verdict& verdict, double confidence) {
  if (verdict.cells.empty()) return Say("no cell of this run belongs to the claim");
  if (verdict.control_failed) {
    for (const CellResult& cell : verdict.cells) {
      for (const ControlTally* tally : {&cell.no_fault, &cell.positive}) {
        // The failure that Verdict::witness names, so that sentence and evidence are of one trial.
        const bool other =
            verdict.witness && !tally->first_failure.English().starts_with(
                                   "trial " + std::to_string(*verdict.witness) + ":");
        if (tally->run == tally->passed || other) continue;
        return Say("a control failed, so the observation cannot be trusted; {}, {}",
                   CellName(cell.cell), tally->first_failure);
      }
    }
  }
  if (verdict.ratio) {
    return Say("{}; {}", RatioText(*verdict.ratio, confidence), Open(verdict));
  }
  if (claim.quantifier == Quantifier::kMay) {
    return Say("{}; {}", NoWitness(verdict, confidence), Open(verdict));
  }
  return Open(verdict);
}

}  // namespace

std::string PercentAbove(double rate) { return Percent(rate, std::ceil); }
std::string PercentBelow(double rate) { return Percent(rate, std::floor); }

Message TrialCount(std::uint64_t trials) {
  return SayPlural("{} trial", "{} trials", trials, Message::Count(trials));
}

Message SentenceOf(const Claim& claim, const Verdict& verdict, double confidence) {
  const bool ratio = claim.quantifier == Quantifier::kRatio && verdict.ratio.has_value();
  switch (verdict.outcome) {
    case Outcome::kSupported:
      if (ratio) return RatioSentence(claim, verdict, confidence);
      return claim.quantifier == Quantifier::kMay ? Witnessed(verdict)
                                                  : Supported(verdict, confidence);
    case Outcome::kRefuted:
      return ratio ? RatioSentence(claim, verdict, confidence) : Refuted(verdict);
    case Outcome::kConditional:
      return Conditional(verdict, confidence);
    case Outcome::kInconclusive:
      return Say("Inconclusive: {}.", WhyInconclusive(claim, verdict, confidence));
    case Outcome::kNotApplicable:
      return Say("Not applicable on this machine: {}.", verdict.cells.front().reason);
    case Outcome::kBroken: {
      const CellResult* cell = FirstIn(verdict, CellState::kBroken);
      return Say("Broken: {} could not be carried out: {}.", CellName(cell->cell), cell->reason);
    }
  }
  return {};
}

}  // namespace bulkhead
