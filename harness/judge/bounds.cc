#include "harness/judge/bounds.h"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <cmath>
#include <utility>
#include <vector>

#include "harness/base/random.h"

namespace bulkhead {
namespace {

using Binomial = boost::math::binomial_distribution<double>;

constexpr std::uint64_t kResamples = 2000;

// Median of `values`, which are reordered.
double Median(std::vector<std::uint64_t>& values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  const auto upper = static_cast<double>(*middle);
  if (values.size() % 2 == 1) return upper;
  return (static_cast<double>(*std::max_element(values.begin(), middle)) + upper) / 2.0;
}

double Ratio(double numerator, double denominator) {
  // A clock too coarse for the thing measured gives a median of 0: then there is no ratio.
  return denominator > 0.0 ? numerator / denominator : 0.0;
}

// Nearest-rank percentile of sorted values.
double Percentile(const std::vector<double>& sorted, double fraction) {
  const auto rank = static_cast<std::size_t>(fraction * static_cast<double>(sorted.size()));
  return sorted[std::min(rank, sorted.size() - 1)];
}

}  // namespace

double UpperBound(std::uint64_t n, std::uint64_t k, double confidence) {
  if (n == 0 || k >= n) return 1.0;
  return Binomial::find_upper_bound_on_p(static_cast<double>(n), static_cast<double>(k),
                                         1.0 - confidence);
}

double LowerBound(std::uint64_t n, std::uint64_t k, double confidence) {
  if (n == 0 || k == 0) return 0.0;
  return Binomial::find_lower_bound_on_p(static_cast<double>(n),
                                         static_cast<double>(std::min(k, n)), 1.0 - confidence);
}

std::uint64_t TrialsForBound(double target, double confidence) {
  if (target >= 1.0) return 1;
  // With k = 0 the bound solves (1 - p)^n = 1 - confidence; log1p keeps small targets exact.
  const double exact = std::log1p(-confidence) / std::log1p(-target);
  auto n = static_cast<std::uint64_t>(std::max(1.0, std::floor(exact)));
  // The judge compares by UpperBound alone: let its rounding decide, not this formula's.
  while (n > 1 && UpperBound(n - 1, 0, confidence) <= target) --n;
  while (UpperBound(n, 0, confidence) > target) ++n;
  return n;
}

SeriesResult Spread(std::string name, std::vector<std::uint64_t> values) {
  std::sort(values.begin(), values.end());
  const auto at = [&](std::size_t percent) {
    return static_cast<double>(values[std::min(percent * values.size() / 100, values.size() - 1)]);
  };
  SeriesResult result{std::move(name), values.size(), at(0), at(25), 0.0, at(75), at(100), {}};
  for (const int percent : kQuantileGrid) {
    result.quantiles.push_back(at(static_cast<std::size_t>(percent)));
  }
  result.median = Median(values);
  return result;
}

RatioResult RatioOfMedians(std::span<const std::uint64_t> numerator,
                           std::span<const std::uint64_t> denominator, double confidence,
                           std::uint64_t seed) {
  RatioResult result;
  result.bootstrap_seed = seed;
  const std::size_t pairs = std::min(numerator.size(), denominator.size());
  const std::size_t warm_up = pairs / 10;
  const std::size_t n = pairs - warm_up;
  result.samples = n;
  if (n == 0) return result;
  numerator = numerator.subspan(warm_up, n);
  denominator = denominator.subspan(warm_up, n);

  std::vector<std::uint64_t> above(numerator.begin(), numerator.end());
  std::vector<std::uint64_t> below(denominator.begin(), denominator.end());
  result.numerator_median = Median(above);
  result.denominator_median = Median(below);
  result.ratio = Ratio(result.numerator_median, result.denominator_median);

  // Pairs are drawn, not single samples: what disturbed both sides of a pair stays together.
  Random random(seed);
  std::vector<double> ratios(kResamples);
  for (double& ratio : ratios) {
    for (std::size_t i = 0; i < n; ++i) {
      const std::size_t pick = random.Below(n);
      above[i] = numerator[pick];
      below[i] = denominator[pick];
    }
    const double top = Median(above);
    ratio = Ratio(top, Median(below));
  }
  std::sort(ratios.begin(), ratios.end());
  result.resamples = kResamples;
  result.low = Percentile(ratios, (1.0 - confidence) / 2.0);
  result.high = Percentile(ratios, (1.0 + confidence) / 2.0);
  return result;
}

}  // namespace bulkhead
