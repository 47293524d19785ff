// Sentences of verdicts.  All of them in one file, so that no other place can say more than the
// evidence does: every number has its scope, and "this machine" is part of the scope.
#include <algorithm>
#include <cmath>
#include <cstdio>

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

std::string Confidence(double confidence) {
  char text[32];
  std::snprintf(text, sizeof text, "%g %%", confidence * 100.0);
  return text;
}

std::string Joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : "; ") + part;
  return text;
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

std::string FindingsIn(const CellResult& cell) {
  std::string text = "in " + Grouped(cell.found) + " of " + Many(cell.counted, "trial") + " of " +
                     CellName(cell.cell);
  if (cell.witness) text += " (trial " + std::to_string(*cell.witness) + ")";
  if (cell.replays > 0) {
    text += ", again in " + Grouped(cell.replayed) + " of " + Many(cell.replays, "replay");
  }
  return text;
}

// The cell that the verdict's own witness lies in.
const CellResult* WitnessCell(const Verdict& verdict) {
  for (const CellResult& cell : verdict.cells) {
    if (cell.witness && cell.witness == verdict.witness) return &cell;
  }
  return nullptr;
}

std::string LeftOut(const Verdict& verdict) {
  const std::uint64_t without = CountState(verdict, CellState::kNotApplicable);
  if (without == 0) return "";
  return " " + Many(without, "cell") + " cannot be run on this machine.";
}

std::string RatioText(const RatioResult& ratio, double confidence) {
  char text[160];
  std::snprintf(text, sizeof text, "the ratio of medians is %.3g (%s interval %.3g to %.3g)",
                ratio.ratio, Confidence(confidence).c_str(), ratio.low, ratio.high);
  return text + (" from " + Many(ratio.samples, "pair") + " of samples");
}

std::string RatioSentence(const Claim& claim, const Verdict& verdict, double confidence) {
  char than[32];
  std::snprintf(than, sizeof than, "%g", claim.experiment.ratio->than);
  const std::string numbers = RatioText(*verdict.ratio, confidence) + ", on this machine.";
  std::string limit = std::string(" the claimed ") + than;
  const auto judged = std::ranges::count_if(
      verdict.cells, [](const CellResult& cell) { return cell.ratio.has_value(); });
  if (judged > 1) limit += " in each of " + std::to_string(judged) + " cells; where it is least";
  limit += (judged > 1 ? ", " : ": ") + numbers;
  if (verdict.outcome == Outcome::kSupported) return "The whole interval is above" + limit;
  return "Refuted: the whole interval is below" + limit;
}

std::string Supported(const Verdict& verdict, double confidence) {
  const std::string cells = Many(CountState(verdict, CellState::kHolds), "cell");
  return "No counterexample in " + Many(verdict.counted, "trial") + " over " + cells +
         "; in each cell the rate is at most " + PercentAbove(verdict.worst_upper) + " at " +
         Confidence(confidence) + " confidence, on this machine." + LeftOut(verdict);
}

std::string Witnessed(const Verdict& verdict) {
  const CellResult* cell = WitnessCell(verdict);
  if (cell == nullptr) return "Witnessed on this machine.";
  std::string text = "Witnessed " + FindingsIn(*cell);
  const std::uint64_t cells = CountState(verdict, CellState::kHolds);
  if (cells > 1) text += " and in " + Many(cells - 1, "other cell");
  return text + ", on this machine.";
}

std::string Refuted(const Verdict& verdict) {
  const CellResult* cell = WitnessCell(verdict);
  if (cell == nullptr) return "Refuted on this machine.";
  std::string text = "Refuted: " + FindingsIn(*cell);
  const std::uint64_t cells = CountState(verdict, CellState::kViolated);
  if (cells > 1) text += " and in " + Many(cells - 1, "other cell");
  return text + ", on this machine.";
}

std::string Conditional(const Verdict& verdict, double confidence) {
  std::string text = "It depends: no counterexample in " + Joined(verdict.holds_in) +
                     " (in each cell the rate is at most " + PercentAbove(verdict.worst_upper) +
                     " at " + Confidence(confidence) + " confidence); counterexamples in " +
                     Joined(verdict.fails_in);
  if (const CellResult* cell = WitnessCell(verdict)) text += ", first " + FindingsIn(*cell);
  return text + ", on this machine.";
}

std::string Inconclusive(const Claim& claim, const Verdict& verdict, double confidence) {
  std::string text = "Inconclusive: ";
  if (verdict.cells.empty()) return text + "no cell of this run belongs to the claim.";
  if (verdict.control_failed) {
    for (const CellResult& cell : verdict.cells) {
      for (const ControlTally* tally : {&cell.no_fault, &cell.positive}) {
        // The failure that Verdict::witness names, so that sentence and evidence are of one trial.
        const bool other =
            verdict.witness &&
            !tally->first_failure.starts_with("trial " + std::to_string(*verdict.witness) + ":");
        if (tally->run == tally->passed || other) continue;
        return text + "a control failed, so the observation cannot be trusted; " +
               CellName(cell.cell) + ", " + tally->first_failure + ".";
      }
    }
  }
  if (verdict.ratio) {
    text += RatioText(*verdict.ratio, confidence) + "; ";
  } else if (claim.quantifier == Quantifier::kMay) {
    double worst = 0.0;
    for (const CellResult& cell : verdict.cells) {
      if (cell.state == CellState::kOpen && cell.counted > 0) worst = std::max(worst, cell.upper);
    }
    text += "no witness in " + Many(verdict.counted, "trial");
    if (worst > 0.0) {
      text += "; in each cell that counted, the rate is at most " + PercentAbove(worst) + " at " +
              Confidence(confidence) + " confidence";
    }
    text += "; ";
  }
  const CellResult* open = FirstIn(verdict, CellState::kOpen);
  if (open == nullptr) return text + "nothing was decided.";
  return text + Grouped(CountState(verdict, CellState::kOpen)) + " of " +
         Many(verdict.cells.size(), "cell") + " open, first " + CellName(open->cell) + ": " +
         open->reason + ".";
}

}  // namespace

std::string PercentAbove(double rate) { return Percent(rate, std::ceil); }
std::string PercentBelow(double rate) { return Percent(rate, std::floor); }

std::string Grouped(std::uint64_t number) {
  std::string text = std::to_string(number);
  for (auto place = static_cast<std::ptrdiff_t>(text.size()) - 3; place > 0; place -= 3) {
    text.insert(static_cast<std::size_t>(place), ",");
  }
  return text;
}

std::string Many(std::uint64_t number, const std::string& noun) {
  return Grouped(number) + " " + noun + (number == 1 ? "" : "s");
}

std::string SentenceOf(const Claim& claim, const Verdict& verdict, double confidence) {
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
      return Inconclusive(claim, verdict, confidence);
    case Outcome::kNotApplicable:
      return "Not applicable on this machine: " + verdict.cells.front().reason + ".";
    case Outcome::kBroken: {
      const CellResult* cell = FirstIn(verdict, CellState::kBroken);
      return "Broken: " + CellName(cell->cell) + " could not be carried out: " + cell->reason + ".";
    }
  }
  return "";
}

}  // namespace bulkhead
