#include "harness/base/random.h"

#include <gtest/gtest.h>

#include <array>
#include <set>

namespace bulkhead {
namespace {

TEST(Random, IsTheSplitMixOfThePaper) {
  Random random(1234567);  // reference values of the public-domain splitmix64.c
  EXPECT_EQ(random(), 6457827717110365317u);
  EXPECT_EQ(random(), 3203168211198807973u);
  EXPECT_EQ(random(), 9817491932198370423u);
}

TEST(Random, SameSeedGivesTheSameSequence) {
  Random one(7), two(7), other(8);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(one(), two());
  EXPECT_NE(Random(7)(), other());
}

TEST(Random, BelowStaysBelowAndReachesEverything) {
  Random random(1);
  std::array<int, 6> counts{};
  for (int i = 0; i < 6000; ++i) {
    const std::uint64_t value = random.Below(6);
    ASSERT_LT(value, 6u);
    ++counts[value];
  }
  for (const int count : counts) EXPECT_NEAR(count, 1000, 150);
  EXPECT_EQ(random.Below(1), 0u);
}

TEST(Random, DerivedSeedsDiffer) {
  std::set<std::uint64_t> seeds;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    for (std::uint64_t index = 0; index < 100; ++index) seeds.insert(Derive(seed, index));
  }
  // Additive derivation may coincide for neighbouring seeds only by accident.
  EXPECT_EQ(seeds.size(), 10'000u);
}

TEST(Random, ScatterIsABijectionOnASample) {
  std::set<std::uint64_t> images;
  for (std::uint64_t value = 0; value < 10'000; ++value) images.insert(Scatter(value));
  EXPECT_EQ(images.size(), 10'000u);
}

}  // namespace
}  // namespace bulkhead
