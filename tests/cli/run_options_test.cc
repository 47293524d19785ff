#include "harness/cli/run_options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bulkhead {
namespace {

using testing::ElementsAre;

RunOptions Parse(std::vector<std::string> arguments) {
  RunOptions options;
  CLI::App app;
  AddRunOptions(app, options);
  std::ranges::reverse(arguments);
  app.parse(std::move(arguments));
  return options;
}

TEST(RunOptions, DefaultsAreThoseOfTheDesign) {
  const RunOptions options = Parse({});
  EXPECT_THAT(options.claims, testing::IsEmpty());
  EXPECT_EQ(options.profile.name, "quick");
  EXPECT_FALSE(options.trials);
  EXPECT_FALSE(options.bound);
  EXPECT_FALSE(options.seed);
  EXPECT_DOUBLE_EQ(options.confidence, 0.95);
  EXPECT_EQ(options.timeout, 5 * kSecond);
  EXPECT_EQ(options.core, CorePolicy::kOff);
  EXPECT_GE(options.jobs, 1u);
  EXPECT_EQ(options.show.language, "en");
}

TEST(RunOptions, ListsDoNotSwallowTheClaims) {
  const RunOptions options = Parse(
      {"-e", "race.*", "crash.*", "--vehicle", "fork,exec", "my.toml", "--exclude", "cost.*"});
  EXPECT_THAT(options.claims, ElementsAre("crash.*", "my.toml"));
  EXPECT_THAT(options.excluded, ElementsAre("race.*", "cost.*"));
  EXPECT_THAT(options.vehicles, ElementsAre(VehicleKind::kFork, VehicleKind::kExec));
}

TEST(RunOptions, EveryOptionIsRead) {
  const RunOptions options =
      Parse({"--tag=fatal", "--fault=null-*", "--trials=7", "--confidence=0.99", "--seed=0x10",
             "-j3", "--timeout=2s", "--core=as-is", "--lang=pt", "-o", "out",
             "--format=json,markdown", "-v", "--progress=plain", "--dry-run",
             "--allow=heavy,hazard", "--plugin=a.so", "--scenarios=dir", "--blind=canary,wait"});
  EXPECT_THAT(options.tags, ElementsAre("fatal"));
  EXPECT_THAT(options.faults, ElementsAre("null-*"));
  EXPECT_EQ(options.trials, 7u);
  EXPECT_DOUBLE_EQ(options.confidence, 0.99);
  EXPECT_EQ(options.seed, 16u);
  EXPECT_EQ(options.jobs, 3u);
  EXPECT_EQ(options.timeout, 2 * kSecond);
  EXPECT_EQ(options.core, CorePolicy::kAsIs);
  EXPECT_EQ(options.show.language, "pt");
  EXPECT_EQ(options.output, "out");
  ASSERT_EQ(options.formats.size(), 2u);
  EXPECT_EQ(options.formats[1]->name, "markdown");
  EXPECT_TRUE(options.show.verbose);
  EXPECT_EQ(options.show.progress, ProgressStyle::kPlain);
  EXPECT_TRUE(options.dry_run);
  EXPECT_THAT(options.allowed, ElementsAre(Danger::kHeavy, Danger::kHazard));
  EXPECT_THAT(options.plugins, ElementsAre("a.so"));
  EXPECT_EQ(options.scenario_directory, "dir");
  EXPECT_THAT(options.blind, ElementsAre("canary", "wait"));
}

TEST(RunOptions, AProfileIsChosenByNameAndExplained) {
  EXPECT_EQ(Parse({"--profile", "deep"}).profile.name, "deep");
  EXPECT_EQ(Parse({"--profile=smoke", "--trials=9"}).trials, 9u);  // goes before the profile's
  RunOptions options;
  CLI::App app;
  AddRunOptions(app, options);
  for (const Profile& profile : kProfiles) {
    EXPECT_THAT(app.help(), testing::HasSubstr(std::string(profile.name) + ": "));
  }
}

TEST(RunOptions, TrialsAndBoundExcludeEachOther) {
  EXPECT_THROW(Parse({"--trials", "5", "--bound", "0.1"}), CLI::ParseError);
  EXPECT_THROW(Parse({"-q", "-v"}), CLI::ParseError);
}

class BadOption : public testing::TestWithParam<std::vector<std::string>> {};

TEST_P(BadOption, IsRefused) { EXPECT_THROW(Parse(GetParam()), CLI::ParseError); }

INSTANTIATE_TEST_SUITE_P(All, BadOption,
                         testing::ValuesIn(std::vector<std::vector<std::string>>{
                             {"--trials", "0"},
                             {"--trials", "-5"},
                             {"--trials", "many"},
                             {"--trials"},
                             {"--trials", "1", "--trials", "2"},
                             {"--bound", "1"},
                             {"--profile", "quik"},
                             {"--confidence", "0.3"},
                             {"--seed", "x"},
                             {"--jobs", "0"},
                             {"--timeout", "5"},
                             {"--core", "maybe"},
                             {"--lang", "de"},
                             {"--format", "pdf"},
                             {"--vehicle", "frok"},
                             {"--allow", "all"},
                             {"--blind", "everything"},
                             {"--progress", "fancy"},
                             {"--output", ""}}));

TEST(RunOptions, CsvStandsForItsTablesAndEachFormatIsWrittenOnce) {
  std::vector<std::string_view> names;
  for (const Writer* writer : Distinct(Parse({"--format", "junit,csv,csv-cells"}).formats)) {
    names.push_back(writer->name);
  }
  EXPECT_THAT(names, ElementsAre("junit", "csv-claims", "csv-cells", "csv-trials"));
  EXPECT_THROW(Parse({"--format", "terminal"}), CLI::ValidationError);
  EXPECT_THROW(Parse({"--format", "cvs"}), CLI::ValidationError);
}

TEST(RunOptions, TheLevelOfJunitIsAWord) {
  EXPECT_FALSE(Parse({}).junit_cells);
  EXPECT_TRUE(Parse({"--junit-level", "cell"}).junit_cells);
  EXPECT_THROW(Parse({"--junit-level", "trial"}), CLI::ValidationError);
}

}  // namespace
}  // namespace bulkhead
