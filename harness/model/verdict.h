// What the evidence amounts to: per cell, then per claim.
//
// Runs in: anywhere.  Computed by harness/judge only.
#ifndef BULKHEAD_MODEL_VERDICT_H_
#define BULKHEAD_MODEL_VERDICT_H_

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/model/message.h"
#include "harness/model/trial.h"

namespace bulkhead {

enum class Outcome { kSupported, kRefuted, kConditional, kInconclusive, kNotApplicable, kBroken };

// One cell, counted for one claim.
enum class CellState {
  kHolds,          // always: k = 0 and the bound is below the target.  may: witnessed
  kViolated,       // always: k >= 1
  kOpen,           // too few counted trials, or controls that failed or are missing
  kNotApplicable,  // this machine cannot run it
  kBroken,         // the plugin or the harness failed
};

struct ControlTally {
  std::uint64_t run = 0;
  std::uint64_t passed = 0;
  Message first_failure;  // "trial 17: bystander 1 was killed and reported intact"
  bool operator==(const ControlTally&) const = default;
};

// Percentages of the samples at which SeriesResult::quantiles are taken.
inline constexpr auto kQuantileGrid = std::to_array<int>(
    {0, 1, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95, 99, 100});

// How the samples of one series of one cell are spread, in the unit in which the scenario measures.
struct SeriesResult {
  std::string name;
  std::uint64_t samples = 0;
  double least = 0.0, lower_quartile = 0.0, median = 0.0, upper_quartile = 0.0, most = 0.0;
  std::vector<double> quantiles;  // by nearest rank, one for each of kQuantileGrid
};

struct RatioResult {
  std::uint64_t samples = 0;                                // pairs, after warm-up
  double numerator_median = 0.0, denominator_median = 0.0;  // in the unit of the series
  double ratio = 0.0, low = 0.0, high = 0.0;                // two-sided interval
  std::uint64_t bootstrap_seed = 0;
  std::uint64_t resamples = 0;
};

struct CellResult {
  CellKey cell;
  CellState state = CellState::kOpen;
  Message reason;             // for every state but kHolds: why
  std::uint64_t planned = 0;  // treatment trials
  std::uint64_t executed = 0;
  std::uint64_t counted = 0;      // n: fired, and nothing of ours went wrong
  std::uint64_t void_trials = 0;  // executed without effect
  std::uint64_t troubled = 0;     // spoilt by harness or machine
  std::uint64_t found = 0;        // k
  double lower = 0.0;             // one-sided exact bounds on the rate of the finding
  double upper = 1.0;
  bool stopped_early = false;  // by the stopping rule, having found enough
  std::uint64_t blocks = 0;    // memory layouts among the counted trials
  // Of races: trials with the finding whose seed was run again, and how many showed it again.
  std::uint64_t replays = 0, replayed = 0;
  ControlTally no_fault;
  ControlTally positive;
  // How the victims ended: "signaled SIGSEGV" -> 299.
  std::map<std::string, std::uint64_t> victim_fates;
  std::map<std::string, std::uint64_t> bystander_fates;
  std::optional<std::uint64_t> witness;  // trial id of the first finding
  std::optional<std::uint64_t> typical;  // trial id of the first counted trial without
  std::vector<SeriesResult> series;      // by name
  std::optional<RatioResult> ratio;
};

struct Verdict {
  std::string claim;
  Outcome outcome = Outcome::kInconclusive;
  Message sentence;  // one sentence, with numbers and scope
  // For kConditional: where it holds and where not, as short conditions.
  std::vector<Message> holds_in;
  std::vector<Message> fails_in;
  std::vector<CellResult> cells;
  std::optional<RatioResult> ratio;  // of several cells: the one that is least on the claimed side
  std::uint64_t counted = 0;         // sum over cells
  std::uint64_t found = 0;
  double worst_upper = 1.0;              // largest upper bound among holding cells
  std::optional<std::uint64_t> witness;  // trial id: the decisive one
  bool control_failed = false;
  // Empty: the claim expects nothing, or the verdict decides nothing that could contradict it.
  std::optional<bool> as_expected;
};

}  // namespace bulkhead

#endif  // BULKHEAD_MODEL_VERDICT_H_
