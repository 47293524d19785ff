// The program as a function of its arguments, as far as no unit has to run (tests/e2e does the
// rest).
#include "harness/cli/application.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace bulkhead {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

struct Outcome3 {
  int code = -1;
  std::string out, err;
};

Outcome3 Call(const std::vector<std::string>& arguments) {
  char* out = nullptr;
  char* err = nullptr;
  std::size_t out_size = 0, err_size = 0;
  std::FILE* out_file = open_memstream(&out, &out_size);
  std::FILE* err_file = open_memstream(&err, &err_size);
  Outcome3 result;
  result.code = RunApplication(arguments, out_file, err_file);
  std::fclose(out_file);
  std::fclose(err_file);
  result.out.assign(out, out_size);
  result.err.assign(err, err_size);
  std::free(out);
  std::free(err);
  return result;
}

TEST(Application, HelpNamesTheCommandsAndExitCodes) {
  for (const char* word : {"--help", "-h", "help"}) {
    const auto result = Call({word});
    EXPECT_EQ(result.code, 0);
    EXPECT_THAT(result.out, HasSubstr("  run "));
    EXPECT_THAT(result.out, HasSubstr("  130 "));
    EXPECT_THAT(result.err, IsEmpty());
  }
}

TEST(Application, VersionIsOneLine) {
  EXPECT_EQ(Call({"--version"}).out, "bulkhead " BULKHEAD_VERSION "\n");
}

TEST(Application, EveryCommandHasHelp) {
  for (const char* command : {"run", "list", "explain", "report", "judge", "replay", "doctor"}) {
    const auto result = Call({command, "--help"});
    EXPECT_EQ(result.code, 0) << command;
    EXPECT_THAT(result.out, HasSubstr(std::string("bulkhead ") + command));
    EXPECT_THAT(result.out, testing::Not(HasSubstr("--blind")));
    EXPECT_THAT(result.err, IsEmpty());
  }
}

// Wrong usage: exit code 2, one line on stderr, nothing on stdout.
struct Misuse {
  std::vector<std::string> arguments;
  const char* message;
};

class WrongUsage : public testing::TestWithParam<Misuse> {};

TEST_P(WrongUsage, IsOneMessageAndCode2) {
  const auto result = Call(GetParam().arguments);
  EXPECT_EQ(result.code, 2);
  EXPECT_THAT(result.err, StartsWith(GetParam().message));
  EXPECT_EQ(std::ranges::count(result.err, '\n'), 1) << result.err;
  EXPECT_THAT(result.out, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    All, WrongUsage,
    testing::Values(
        Misuse{{}, "bulkhead: no command; accepted: run, "},
        Misuse{{"rum"}, "bulkhead: unknown command \"rum\"; accepted: run, "},
        Misuse{{"--verison"}, "bulkhead: unknown command \"--verison\""},
        Misuse{{"run", "--trails", "5"},
               "bulkhead run: unknown option \"--trails\" (did you mean \"--trials\"?)"},
        Misuse{{"run", "--trials", "x"},
               "bulkhead run: --trials: found \"x\"; accepted: a whole number from 1 to"},
        Misuse{
            {"run", "--vehicle", "frok"},
            "bulkhead run: --vehicle: found \"frok\"; accepted: thread, main, clone-all, clone-vm, "
            "vfork, fork"},
        Misuse{{"run", "--color", "sometimes"},
               "bulkhead run: --color: found \"sometimes\"; accepted: auto, always, never"},
        Misuse{{"run", "--bound", "0.1", "--trials", "3"}, "bulkhead run: --"},
        Misuse{{"run", "--trials"}, "bulkhead run: --trials"},
        Misuse{{"list", "clams"}, "bulkhead list: what: found \"clams\"; accepted: claims, "},
        Misuse{{"explain"}, "bulkhead explain: "},
        Misuse{{"doctor", "now"}, "bulkhead doctor: unexpected argument \"now\""},
        Misuse{{"report"}, "bulkhead report: no run is named; accepted: "},
        Misuse{{"report", "/nonexistent"},
               "bulkhead report: no such run: /nonexistent; accepted: "},
        Misuse{{"report", "/"}, "bulkhead report: /: no run directory, it has no journal"},
        Misuse{{"report", "x", "--format", "jsn"},
               "bulkhead report: --format: found \"jsn\"; accepted: terminal, json, "},
        Misuse{{"report", "x", "--format", "json,markdown"},
               "bulkhead report: several formats are several files; accepted: -o DIR"},
        Misuse{{"report", "x", "--format", "json,terminal", "-o", "d"},
               "bulkhead report: --format: terminal is for a screen"},
        Misuse{{"judge", "/etc/passwd"}, "bulkhead judge: cannot take this run: /etc/passwd: "}));

}  // namespace
}  // namespace bulkhead
