// Exact binomial bounds (Clopper-Pearson, one-sided) through Boost.Math.
//
// Runs in: anywhere.  Source: Clopper and Pearson, Biometrika 26 (1934).
#ifndef BULKHEAD_JUDGE_BOUNDS_H_
#define BULKHEAD_JUDGE_BOUNDS_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "harness/model/verdict.h"

namespace bulkhead {

// Largest rate that k findings in n trials do not exclude at `confidence`; 1 when n is 0 or k = n.
double UpperBound(std::uint64_t n, std::uint64_t k, double confidence);
// Smallest such rate; 0 when k is 0.
double LowerBound(std::uint64_t n, std::uint64_t k, double confidence);
// Fewest trials without a finding whose upper bound is at most `target`: 299 for 1 % at 95 %.
std::uint64_t TrialsForBound(double target, double confidence);

// Nearest-rank quantiles.  `values` must not be empty.
SeriesResult Spread(std::string name, std::vector<std::uint64_t> values);

// Ratio of medians of paired series with a percentile bootstrap interval, two-sided at
// `confidence`. The first tenth of each series is warm-up and left out.  Without pairs, or when the
// denominator's median is 0, there is no ratio: ratio, low and high are 0.
RatioResult RatioOfMedians(std::span<const std::uint64_t> numerator,
                           std::span<const std::uint64_t> denominator, double confidence,
                           std::uint64_t seed);

}  // namespace bulkhead

#endif  // BULKHEAD_JUDGE_BOUNDS_H_
