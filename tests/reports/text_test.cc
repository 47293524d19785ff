#include "reports/text.h"

#include <gtest/gtest.h>

#include "harness/base/random.h"

namespace bulkhead {
namespace {

TEST(Text, EscapeSequencesAreSeenAndNotObeyed) {
  EXPECT_EQ(text::OneLine("\x1b[2Jx\x07"), "␛[2Jx␇");
  EXPECT_EQ(text::OneLine("a\xc2\x9b"
                          "31m"),
            "a\xef\xbf\xbd"
            "31m");  // C1 CSI
}

TEST(Text, NewlinesAndTabsBecomeSpaces) { EXPECT_EQ(text::OneLine("a\nb\tc"), "a b c"); }

TEST(Text, EachWrongByteIsReplaced) {
  const std::string r = "\xef\xbf\xbd";
  EXPECT_EQ(text::OneLine("\xff"), r);
  EXPECT_EQ(text::OneLine("\xc3("), r + "(");
  EXPECT_EQ(text::OneLine("\xc0\x80"), r + r);                  // overlong
  EXPECT_EQ(text::OneLine("\xed\xa0\x80"), r + r + r);          // surrogate
  EXPECT_EQ(text::OneLine("\xf4\x90\x80\x80"), r + r + r + r);  // beyond U+10FFFF
  EXPECT_EQ(text::OneLine("\xe2\x82"), r + r);                  // cut off
}

TEST(Text, TheDirectionOfWritingCannotBeTurned) {
  EXPECT_EQ(text::OneLine("a\xe2\x80\xae"
                          "b"),
            "a\xef\xbf\xbd"
            "b");
}

TEST(Text, WidthCountsColumnsAndNotBytes) {
  EXPECT_EQ(text::DisplayWidth("não"), 3u);
  EXPECT_EQ(text::DisplayWidth("a\u0301"), 1u);
  EXPECT_EQ(text::DisplayWidth("進程"), 4u);
  EXPECT_EQ(text::DisplayWidth("✔ ✘ ◐ – !"), 9u);
}

TEST(Text, ClipSaysThatItCut) {
  EXPECT_EQ(text::Clip("abcdef", 6), "abcdef");
  EXPECT_EQ(text::Clip("abcdef", 4), "abc…");
  EXPECT_EQ(text::Clip("進程", 3), "進…");
  EXPECT_EQ(text::Clip("x", 0), "");
}

TEST(Text, WrapKeepsEveryWordAndTheWidth) {
  EXPECT_EQ(text::Wrap("one two three", 7), (std::vector<std::string>{"one two", "three"}));
  EXPECT_EQ(text::Wrap("abcdefgh", 3), (std::vector<std::string>{"abc", "def", "gh"}));
  EXPECT_EQ(text::Wrap("", 10), std::vector<std::string>{""});
}

// Whatever bytes come in: valid UTF-8 without control characters comes out, and again the same.
TEST(Text, AnyBytesBecomeOneHarmlessLine) {
  Random random(7);
  for (int round = 0; round < 2000; ++round) {
    std::string bytes;
    for (std::uint64_t i = random.Below(40); i > 0; --i) {
      bytes += static_cast<char>(random.Below(256));
    }
    const std::string line = text::OneLine(bytes);
    EXPECT_EQ(text::OneLine(line), line);
    for (const char c : line) {
      EXPECT_GE(static_cast<unsigned char>(c), 0x20u);
      EXPECT_NE(c, 0x7f);
    }
    for (const std::string& piece : text::Wrap(line, 10)) {
      EXPECT_LE(text::DisplayWidth(piece), 10u);
    }
  }
}

TEST(Text, ANumberKeepsItsPercentSign) {
  EXPECT_EQ(text::Wrap("at most 1.00 % of all", 12),
            (std::vector<std::string>{"at most", "1.00 % of", "all"}));
}

}  // namespace
}  // namespace bulkhead
