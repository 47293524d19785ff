#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <sstream>

#include "reports/writer.h"
#include "tests/reports/sample_report.h"

namespace bulkhead {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::vector<std::string> LinesOf(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

TEST(Tap, ThePlanNamesAsManyPointsAsThereAre) {
  const std::vector<std::string> lines = LinesOf(WriteTap(sample::Sample(), {}).text);
  EXPECT_EQ(lines[0], "TAP version 14");
  EXPECT_EQ(lines[1], "1..12");
  std::size_t points = 0;
  for (const std::string& line : lines) {
    if (!std::regex_search(line, std::regex("^(not )?ok "))) continue;
    ++points;
    EXPECT_THAT(line, HasSubstr("ok " + std::to_string(points) + " - "));
  }
  EXPECT_EQ(points, 12u);
}

TEST(Tap, NothingUndecidedIsOkOrTodo) {
  const std::string text = WriteTap(sample::Sample(), {}).text;
  EXPECT_THAT(text, HasSubstr("\nnot ok 4 - crash.hang-contained\n"));
  EXPECT_THAT(text, HasSubstr("\nok 6 - crash.namespace-contained # SKIP not-applicable: PID"));
  EXPECT_THAT(text, HasSubstr("\nnot ok 2 - memory.process-private\n"));
  EXPECT_THAT(text, Not(HasSubstr("# TODO")));
}

TEST(Tap, AHashInADescriptionIsNoDirective) {
  RunReport report = sample::Sample();
  report.verdicts[0].claim = report.plan.claims[0].id = "crash.a # SKIP \\ b";
  EXPECT_THAT(WriteTap(report, {}).text, HasSubstr("ok 1 - crash.a \\# SKIP \\\\ b\n"));
  EXPECT_THAT(WriteKtap(report, {}).text, HasSubstr("ok 1 a _ SKIP \\ b # supported"));
}

// A parser as strict as the kernel's document: level by level.
void ExpectPoints(const std::vector<std::string>& lines, std::size_t& at, std::size_t depth,
                  bool& all_ok) {
  const std::string indent(2 * depth, ' ');
  ASSERT_EQ(lines.at(at++), indent + "KTAP version 1");
  const std::string plan = lines.at(at++);
  ASSERT_THAT(plan, StartsWith(indent + "1.."));
  const std::size_t count = std::stoul(plan.substr(indent.size() + 3));
  for (std::size_t number = 1; number <= count;) {
    ASSERT_LT(at, lines.size());
    const std::string& line = lines[at];
    if (line.starts_with(indent + "  KTAP")) {
      bool children_ok = true;
      ExpectPoints(lines, at, depth + 1, children_ok);
      if (::testing::Test::HasFatalFailure()) return;
      // Details of the parent may come before its own result.
      while (lines.at(at).starts_with(indent + "#")) ++at;
      EXPECT_EQ(!lines.at(at).starts_with(indent + "not ok"), children_ok) << lines.at(at);
      continue;
    }
    ++at;
    if (line.starts_with(indent + "# ")) continue;
    ASSERT_TRUE(std::regex_match(line, std::regex(indent + "(not )?ok " + std::to_string(number) +
                                                  " [^#]*( # (SKIP |ERROR )?.*)?")))
        << line;
    all_ok &= !line.starts_with(indent + "not ok");
    ++number;
  }
}

TEST(Ktap, EveryLevelHasItsPlanAndAParentIsOkIfItsChildrenAre) {
  const std::vector<std::string> lines = LinesOf(WriteKtap(sample::Sample(), {}).text);
  std::size_t at = 0;
  bool all_ok = true;
  ExpectPoints(lines, at, 0, all_ok);
  EXPECT_EQ(at, lines.size());
  EXPECT_FALSE(all_ok);
}

TEST(Ktap, ErrorsAndSkipsHaveTheirDirective) {
  RunReport report = sample::Sample();
  report.verdicts[3].as_expected.reset();  // as the judge leaves it
  const std::string text = WriteKtap(report, {}).text;
  EXPECT_THAT(text, HasSubstr("not ok 3 hang-contained # ERROR inconclusive: "));
  EXPECT_THAT(text, HasSubstr("ok 4 namespace-contained # SKIP not-applicable: "));
  EXPECT_THAT(text, HasSubstr("ok 1 null-store/fork # holds: 0 of 299 counted trials show it\n"));
}

}  // namespace
}  // namespace bulkhead
