#include "harness/judge/bounds.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "harness/base/random.h"

namespace bulkhead {
namespace {

TEST(Bounds, TrialsForTheUsualTargetsAreTheTabulatedOnes) {
  EXPECT_EQ(TrialsForBound(0.05, 0.95), 59u);
  EXPECT_EQ(TrialsForBound(0.01, 0.95), 299u);
  EXPECT_EQ(TrialsForBound(0.001, 0.95), 2995u);
  EXPECT_EQ(TrialsForBound(0.0001, 0.95), 29956u);
  EXPECT_EQ(TrialsForBound(0.01, 0.99), 459u);
}

TEST(Bounds, OneTrialFewerMissesTheTarget) {
  for (const double target : {0.05, 0.01, 0.001}) {
    const std::uint64_t n = TrialsForBound(target, 0.95);
    EXPECT_LE(UpperBound(n, 0, 0.95), target);
    EXPECT_GT(UpperBound(n - 1, 0, 0.95), target);
  }
}

TEST(Bounds, WithoutFindingsTheUpperBoundIsTheClosedForm) {
  EXPECT_NEAR(UpperBound(300, 0, 0.95), 0.00994, 0.000005);
  EXPECT_NEAR(UpperBound(20, 0, 0.95), 0.1391, 0.00005);  // 0 of 20 excludes only rates above 14 %
  EXPECT_NEAR(UpperBound(1000, 0, 0.95), 1 - std::pow(0.05, 1.0 / 1000), 1e-12);
}

TEST(Bounds, WithFindingsTheyAreClopperPearson) {
  // One-sided 95 %: the 90 % two-sided limits of published tables.
  EXPECT_NEAR(LowerBound(10, 3, 0.95), 0.0873, 0.00005);
  EXPECT_NEAR(UpperBound(10, 3, 0.95), 0.6066, 0.00005);
  EXPECT_NEAR(LowerBound(20, 20, 0.95), std::pow(0.05, 1.0 / 20), 1e-12);
}

TEST(Bounds, EdgesAreTheWholeRange) {
  EXPECT_EQ(UpperBound(0, 0, 0.95), 1.0);
  EXPECT_EQ(LowerBound(0, 0, 0.95), 0.0);
  EXPECT_EQ(UpperBound(20, 20, 0.95), 1.0);
  EXPECT_EQ(LowerBound(20, 0, 0.95), 0.0);
}

std::vector<std::uint64_t> Noisy(std::uint64_t centre, std::size_t count, std::uint64_t seed) {
  Random random(seed);
  std::vector<std::uint64_t> values(count);
  for (std::uint64_t& value : values) value = centre - 10 + random.Below(21);
  return values;
}

TEST(Ratio, IntervalHoldsTheRatio) {
  const auto ratio = RatioOfMedians(Noisy(300, 500, 1), Noisy(100, 500, 2), 0.95, 3);
  EXPECT_EQ(ratio.samples, 450u);
  EXPECT_EQ(ratio.resamples, 2000u);
  EXPECT_NEAR(ratio.ratio, 3.0, 0.05);
  EXPECT_LE(ratio.low, ratio.ratio);
  EXPECT_GE(ratio.high, ratio.ratio);
  EXPECT_GT(ratio.low, 2.9);
  EXPECT_LT(ratio.high, 3.1);
}

TEST(Ratio, SameSeedGivesTheSameInterval) {
  const auto above = Noisy(300, 200, 1), below = Noisy(290, 200, 2);
  const auto one = RatioOfMedians(above, below, 0.95, 3),
             two = RatioOfMedians(above, below, 0.95, 3);
  EXPECT_EQ(one.low, two.low);
  EXPECT_EQ(one.high, two.high);
  EXPECT_EQ(one.bootstrap_seed, 3u);
}

TEST(Ratio, WarmUpDoesNotCount) {
  std::vector<std::uint64_t> above(100, 20), below(100, 10);
  std::fill_n(above.begin(), 10, 1'000'000);
  const auto ratio = RatioOfMedians(above, below, 0.95, 1);
  EXPECT_EQ(ratio.ratio, 2.0);
  EXPECT_EQ(ratio.high, 2.0);
}

TEST(Ratio, WithoutSamplesOrWithAZeroMedianThereIsNone) {
  EXPECT_EQ(RatioOfMedians({}, {}, 0.95, 1).samples, 0u);
  const std::vector<std::uint64_t> some(50, 5), zero(50, 0);
  EXPECT_EQ(RatioOfMedians(some, zero, 0.95, 1).ratio, 0.0);
}

TEST(Bounds, QuantilesAreThoseOfTheGridAndAgreeWithTheQuartiles) {
  std::vector<std::uint64_t> values;
  for (std::uint64_t value = 1000; value > 0; --value) values.push_back(value);
  const SeriesResult spread = Spread("x", values);
  ASSERT_EQ(spread.quantiles.size(), kQuantileGrid.size());
  for (std::size_t i = 0; i < kQuantileGrid.size(); ++i) {
    EXPECT_NEAR(spread.quantiles[i], 10.0 * kQuantileGrid[i], 1.0) << kQuantileGrid[i];
    if (kQuantileGrid[i] == 25) {
      EXPECT_EQ(spread.quantiles[i], spread.lower_quartile);
    }
    if (kQuantileGrid[i] == 75) {
      EXPECT_EQ(spread.quantiles[i], spread.upper_quartile);
    }
  }
  EXPECT_EQ(spread.quantiles.front(), spread.least);
  EXPECT_EQ(spread.quantiles.back(), spread.most);
  EXPECT_EQ(Spread("one", {7}).quantiles, std::vector<double>(kQuantileGrid.size(), 7.0));
}

}  // namespace
}  // namespace bulkhead
