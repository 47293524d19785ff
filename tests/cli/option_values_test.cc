#include "harness/cli/option_values.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bulkhead {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

TEST(Values, CountsAreWholeNumbersInTheirRange) {
  EXPECT_EQ(ParseCount("7", 1, 10), 7u);
  for (const char* bad : {"", "0", "11", "-1", "1.5", "x", "7x", " 7", "99999999999999999999999"}) {
    const auto count = ParseCount(bad, 1, 10);
    ASSERT_FALSE(count) << bad;
    EXPECT_EQ(count.error().message,
              "found \"" + std::string(bad) + "\"; accepted: a whole number from 1 to 10");
    EXPECT_EQ(count.error().kind, Error::Kind::kUser);
  }
}

TEST(Values, SeedsAreDecimalOrHexadecimal) {
  EXPECT_EQ(ParseSeed("42"), 42u);
  EXPECT_EQ(ParseSeed("0x2a"), 42u);
  EXPECT_EQ(ParseSeed("0xffffffffffffffff"), ~std::uint64_t{0});
  EXPECT_FALSE(ParseSeed("0x"));
  EXPECT_FALSE(ParseSeed("seed"));
  EXPECT_FALSE(ParseSeed("18446744073709551616"));
}

TEST(Values, RatesAreFractionsOrPercent) {
  EXPECT_DOUBLE_EQ(ParseRate("0.01").value(), 0.01);
  EXPECT_DOUBLE_EQ(ParseRate("1%").value(), 0.01);
  for (const char* bad : {"0", "1", "100%", "-0.1", "nan", "inf", "1e-300", "%", "0,01"}) {
    EXPECT_FALSE(ParseRate(bad)) << bad;
  }
}

TEST(Values, ConfidenceIsAtLeastAHalf) {
  EXPECT_DOUBLE_EQ(ParseConfidence("99%").value(), 0.99);
  EXPECT_FALSE(ParseConfidence("0.49"));
  EXPECT_FALSE(ParseConfidence("1"));
}

TEST(Values, DurationsHaveAUnit) {
  EXPECT_EQ(ParseDuration("500ms"), 500 * kMillisecond);
  EXPECT_EQ(ParseDuration("5s"), 5 * kSecond);
  EXPECT_EQ(ParseDuration("1.5s"), 1500 * kMillisecond);
  EXPECT_EQ(ParseDuration("2m"), 120 * kSecond);
  for (const char* bad : {"5", "", "s", "0s", "99ms", "5h", "-5s", "61m", "1.2.3s", "5 s"}) {
    EXPECT_FALSE(ParseDuration(bad)) << bad;
  }
  EXPECT_THAT(ParseDuration("5").error().message, HasSubstr("accepted: a duration"));
}

TEST(Values, WordsAreSuggested) {
  const auto word = ParseWord<int>("of", {{"off", 0}, {"on", 1}});
  ASSERT_FALSE(word);
  EXPECT_THAT(word.error().message, StartsWith("found \"of\"; accepted: off, on (did you mean"));
}

}  // namespace
}  // namespace bulkhead
