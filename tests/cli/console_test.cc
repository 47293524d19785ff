#include "harness/cli/console.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace bulkhead {
namespace {

GetEnv Env(std::map<std::string, std::string> values) {
  return [values = std::move(values)](const char* name) -> const char* {
    const auto found = values.find(name);
    return found == values.end() ? nullptr : found->second.c_str();
  };
}

TEST(Color, ATerminalHasItAndAPipeHasNot) {
  EXPECT_TRUE(WantsColor(ColorChoice::kAuto, true, Env({{"TERM", "xterm"}})));
  EXPECT_TRUE(WantsColor(ColorChoice::kAuto, true, Env({})));
  EXPECT_FALSE(WantsColor(ColorChoice::kAuto, false, Env({})));
}

TEST(Color, ADumbTerminalHasNone) {
  EXPECT_FALSE(WantsColor(ColorChoice::kAuto, true, Env({{"TERM", "dumb"}})));
}

TEST(Color, NoColorIsHeededUnlessItIsEmpty) {
  EXPECT_FALSE(WantsColor(ColorChoice::kAuto, true, Env({{"NO_COLOR", "1"}})));
  EXPECT_TRUE(WantsColor(ColorChoice::kAuto, true, Env({{"NO_COLOR", ""}})));
  EXPECT_FALSE(
      WantsColor(ColorChoice::kAuto, true, Env({{"NO_COLOR", "1"}, {"CLICOLOR_FORCE", "1"}})));
}

TEST(Color, CanBeForcedIntoAPipe) {
  EXPECT_TRUE(WantsColor(ColorChoice::kAuto, false, Env({{"CLICOLOR_FORCE", "1"}})));
  EXPECT_FALSE(WantsColor(ColorChoice::kAuto, false, Env({{"CLICOLOR_FORCE", "0"}})));
}

TEST(Color, TheOptionBeatsTheEnvironment) {
  EXPECT_TRUE(WantsColor(ColorChoice::kAlways, false, Env({{"NO_COLOR", "1"}})));
  EXPECT_FALSE(WantsColor(ColorChoice::kNever, true, Env({{"CLICOLOR_FORCE", "1"}})));
}

TEST(Stream, PaintsOnlyWithColor) {
  Stream stream;
  EXPECT_EQ(stream.Paint(Tone::kBad, "refuted"), "refuted");
  stream.color = true;
  const std::string painted = stream.Paint(Tone::kBad, "refuted");
  EXPECT_NE(painted, "refuted");
  EXPECT_NE(painted.find("refuted"), std::string::npos);
  EXPECT_TRUE(painted.ends_with("\x1b[0m"));
  EXPECT_EQ(stream.Paint(Tone::kPlain, "text"), "text");
}

}  // namespace
}  // namespace bulkhead
