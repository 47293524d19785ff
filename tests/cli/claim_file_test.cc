#include "harness/cli/claim_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

namespace bulkhead {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

// Line 1 is `schema`, line 3 [[claim]], and so on: the numbers that the messages are tested for.
constexpr char kGood[] = R"(schema = 1

[[claim]]
id = "crash.process-contained"
quantifier = "always"
text.en = "a crash stays in its process"
text.id = "kerusakan tetap di prosesnya"
rationale = "kill one, look at the others"
target = 0.01
expect = "supported"

[[claim.source]]
note = "S0"
file = "000.txt"
language = "id"
where = "Kemandirian"

[claim.experiment]
tags = ["fatal"]
names = ["exit-zero"]
except = ["kill-self"]
vehicles = ["fork", "exec"]
violation = "bystander-affected"
readings = ["global"]
)";

constexpr char kRatio[] = R"(schema = 1
[[claim]]
id = "cost.slower"
quantifier = "ratio"
text.en = "slower"
[claim.experiment]
tags = ["cost"]
vehicles = ["fork"]
[claim.experiment.ratio]
numerator = "process"
denominator = "thread"
than = 1.5
)";

// The good file with one place changed; an empty `to` takes the place's whole line out.
std::string With(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  if (to.empty()) {
    const std::size_t start = text.rfind('\n', at) + 1;
    return text.erase(start, text.find('\n', at) + 1 - start);
  }
  return text.replace(at, from.size(), to);
}

// The problems that a text has.
std::string Problems(const std::string& text) {
  const auto claims = ParseClaims(text, "my.toml");
  if (claims) return "none";
  EXPECT_EQ(claims.error().kind, Error::Kind::kUser);
  return claims.error().message;
}

std::string ProblemsWith(const std::string& from, const std::string& to) {
  return Problems(With(kGood, from, to));
}

TEST(ClaimFile, TheLineOfAnEntryIsFoundAgain) {
  const std::string path =
      testing::TempDir() + "bulkhead-entry-" + std::to_string(getpid()) + ".toml";
  std::ofstream(path) << kGood;
  const auto claims = ReadClaimFile(path);
  ASSERT_TRUE(claims);
  const Claim& claim = claims->front();
  EXPECT_EQ(LineOfEntry(claim, "fatal"), 19);
  EXPECT_EQ(LineOfEntry(claim, "exit-zero"), 20);
  EXPECT_EQ(LineOfEntry(claim, "kill-self"), 21);
  EXPECT_EQ(LineOfEntry(claim, "nobody"), claim.line);
  std::filesystem::remove(path);
  EXPECT_EQ(LineOfEntry(claim, "fatal"), claim.line);
}

TEST(ClaimFile, TheRationaleIsEnglishOrByLanguage) {
  const auto by_language = ParseClaims(
      With(kGood, "rationale = \"kill", "rationale.pt = \"por quê\"\nrationale.en = \"kill"),
      "my.toml");
  ASSERT_TRUE(by_language) << by_language.error().message;
  using Texts = std::map<std::string, std::string>;
  EXPECT_EQ(by_language->front().rationale,
            (Texts{{"en", "kill one, look at the others"}, {"pt", "por quê"}}));
  EXPECT_EQ(ParseClaims(With(kGood, "rationale", ""), "my.toml")->front().rationale, Texts());
}

TEST(ClaimFile, EveryFieldIsRead) {
  const auto claims = ParseClaims(kGood, "my.toml");
  ASSERT_TRUE(claims.has_value()) << claims.error().message;
  ASSERT_EQ(claims->size(), 1u);
  const Claim& claim = claims->front();
  EXPECT_EQ(claim.id, "crash.process-contained");
  EXPECT_EQ(claim.quantifier, Quantifier::kAlways);
  EXPECT_EQ(claim.text.at("id"), "kerusakan tetap di prosesnya");
  EXPECT_EQ(claim.original, "id");
  EXPECT_EQ(claim.rationale.at("en"), "kill one, look at the others");
  EXPECT_DOUBLE_EQ(claim.target, 0.01);
  EXPECT_EQ(claim.expect, Outcome::kSupported);
  EXPECT_EQ(claim.file, "my.toml");
  EXPECT_EQ(claim.line, 3);
  EXPECT_THAT(claim.sources, testing::ElementsAre(Source{"S0", "000.txt", "id", "Kemandirian"}));
  const Experiment expected{.tags = {"fatal"},
                            .names = {"exit-zero"},
                            .except = {"kill-self"},
                            .vehicles = {VehicleKind::kFork, VehicleKind::kExec},
                            .finding = Finding::kBystanderAffected,
                            .readings = {"global"},
                            .ratio = std::nullopt};
  EXPECT_EQ(claim.experiment, expected);
}

TEST(ClaimFile, RatiosAreRead) {
  const auto claims = ParseClaims(kRatio, "my.toml");
  ASSERT_TRUE(claims.has_value()) << claims.error().message;
  EXPECT_EQ(claims->front().experiment.ratio, (RatioSpec{"process", "thread", 1.5}));
}

TEST(ClaimFile, TheOriginalIsTheFirstTextWhenNoSourceSaysOtherwise) {
  std::string text = kRatio;
  text = With(text, "text.en = \"slower\"", "text.pt = \"mais\"\ntext.en = \"slower\"");
  const auto claims = ParseClaims(text, "my.toml");
  ASSERT_TRUE(claims.has_value()) << claims.error().message;
  EXPECT_EQ(claims->front().original, "pt");
}

// Each problem: what is changed in the good file, and the one message for it.
struct BadInput {
  const char* name;
  const char* from;
  const char* to;
  const char* message;
};

class ClaimFileRefusal : public testing::TestWithParam<BadInput> {};

TEST_P(ClaimFileRefusal, IsOneMessageWithPlaceFoundAndAccepted) {
  const std::string problems = ProblemsWith(GetParam().from, GetParam().to);
  EXPECT_THAT(problems, StartsWith(GetParam().message));
  EXPECT_EQ(std::ranges::count(problems, '\n'), 0) << problems;
  EXPECT_THAT(problems, HasSubstr("; accepted: "));
}

INSTANTIATE_TEST_SUITE_P(
    All, ClaimFileRefusal,
    testing::Values(
        BadInput{"NotToml", "id = \"crash", "id = crash", "my.toml:4: not TOML: "},
        BadInput{"NoSchema", "schema = 1", "", "my.toml:1: the file has no schema; accepted: "},
        BadInput{"OtherSchema", "schema = 1", "schema = 2", "my.toml:1: schema is 2; accepted: 1"},
        BadInput{"SchemaOfOtherType", "schema = 1", "schema = \"1\"",
                 "my.toml:1: schema in the file is a string; accepted: an integer"},
        BadInput{"UnknownKey", "target = 0.01", "targt = 0.01",
                 "my.toml:9: unknown key \"targt\" in [[claim]]; accepted: id, quantifier, text, "
                 "original, rationale, target, expect, source, experiment (did you mean "
                 "\"target\"?)"},
        BadInput{
            "UnknownKeyOfExperiment", "vehicles =", "vehicls =",
            "my.toml:22: unknown key \"vehicls\" in [claim.experiment]; accepted: tags, names, "
            "except, vehicles, violation, witness, readings, ratio (did you mean "
            "\"vehicles\"?)"},
        BadInput{"TextOfOtherType", "text.id", "text.id.x",
                 "my.toml:7: id in text is a table; accepted: a string"},
        BadInput{"NoId", "id = \"crash", "", "my.toml:3: [[claim]] has no id; accepted: "},
        BadInput{"IdOfOtherType", "id = \"crash.process-contained\"", "id = 7",
                 "my.toml:4: id in [[claim]] is an integer; accepted: a string"},
        BadInput{"IdNotKebab", "crash.process-contained", "Crash.Process",
                 "my.toml:4: id \"Crash.Process\"; accepted: lower-case words"},
        BadInput{"IdEndsInDot", "crash.process-contained", "crash.",
                 "my.toml:4: id \"crash.\"; accepted: lower-case words"},
        BadInput{"NoQuantifier", "quantifier", "",
                 "my.toml:3: [[claim]] has no quantifier; accepted: always, may or ratio"},
        BadInput{"UnknownQuantifier", "\"always\"", "\"allways\"",
                 "my.toml:5: unknown quantifier \"allways\"; accepted: always, may, ratio (did you "
                 "mean \"always\"?)"},
        BadInput{"UnknownLanguage", "text.en", "text.eo",
                 "my.toml:6: unknown key \"eo\" in text; accepted: en, id, pt"},
        BadInput{"RationaleOfUnknownLanguage", "rationale =", "rationale.eo =",
                 "my.toml:8: unknown key \"eo\" in rationale; accepted: en, id, pt"},
        BadInput{"RationaleOfOtherType", "rationale = \"kill one, look at the others\"",
                 "rationale = 7", "my.toml:8: rationale in [[claim]] is an integer; accepted: "},
        BadInput{"EmptyText", "\"a crash stays in its process\"", "\"\"",
                 "my.toml:6: en in text is empty; accepted: "},
        BadInput{"OriginalWithoutText", "rationale = \"kill one, look at the others\"",
                 "original = \"pt\"",
                 "my.toml:8: original is \"pt\", a language without text; accepted: en, id"},
        BadInput{"TargetOfOtherType", "0.01", "\"1 %\"",
                 "my.toml:9: target in [[claim]] is a string; accepted: a number"},
        BadInput{"TargetTooLarge", "0.01", "1.0",
                 "my.toml:9: target is out of range; accepted: a rate above 0 and below 1"},
        BadInput{"TargetZero", "0.01", "0",
                 "my.toml:9: target is out of range; accepted: a rate above 0 and below 1"},
        BadInput{"TargetNotANumber", "0.01", "nan",
                 "my.toml:9: target is out of range; accepted: a rate above 0 and below 1"},
        BadInput{"UnknownOutcome", "\"supported\"", "\"suported\"",
                 "my.toml:10: unknown outcome \"suported\"; accepted: supported, refuted, "
                 "conditional, inconclusive, not-applicable, broken (did you mean \"supported\"?)"},
        BadInput{"SourceWithoutNote", "note = \"S0\"", "",
                 "my.toml:12: [[claim.source]] has no note; accepted: "},
        BadInput{"SourceOfUnknownLanguage", "language = \"id\"", "language = \"xx\"",
                 "my.toml:15: unknown language \"xx\"; accepted: en, id, pt"},
        BadInput{"UnknownVehicle", "\"exec\"]", "\"exek\"]",
                 "my.toml:22: unknown vehicle \"exek\"; accepted: thread, main, clone-all, "
                 "clone-vm, vfork, fork, family, exec, session, userns, netns, cgroup, pidns-init, "
                 "pidns (did you mean \"exec\"?)"},
        BadInput{"VehicleTwice", "\"exec\"]", "\"fork\"]",
                 "my.toml:22: vehicles in [claim.experiment] names \"fork\" twice; accepted: "},
        BadInput{"NoVehicles", "[\"fork\", \"exec\"]", "[]",
                 "my.toml:18: [claim.experiment] has no vehicles; accepted: "},
        BadInput{"VehiclesOfOtherType", "[\"fork\", \"exec\"]", "\"fork\"",
                 "my.toml:22: vehicles in [claim.experiment] is a string; accepted: a list"},
        BadInput{"TagOfOtherType", "[\"fatal\"]", "[3]",
                 "my.toml:19: tags in [claim.experiment] has an integer; accepted: strings"},
        BadInput{"NamedAndExcepted", "\"kill-self\"", "\"exit-zero\"",
                 "my.toml:21: scenario \"exit-zero\" is both in names and in except; accepted: "},
        BadInput{"NoFinding", "violation =", "",
                 "my.toml:18: [claim.experiment] has no violation; accepted: one of "
                 "bystander-died, "},
        BadInput{"UnknownFinding", "\"bystander-affected\"", "\"bystander-afected\"",
                 "my.toml:23: unknown finding \"bystander-afected\"; accepted: bystander-died, "},
        BadInput{"AlwaysWithRatio", "readings = [\"global\"]",
                 "ratio = {numerator = \"a\", denominator = \"b\"}",
                 "my.toml:24: ratio with quantifier \"always\"; accepted: only with \"ratio\""}),
    [](const auto& info) { return std::string(info.param.name); });

TEST(ClaimFile, EmptyScenariosAreRefused) {
  const std::string text = With(With(kGood, "tags = [\"fatal\"]", "tags = []"), "names =", "");
  EXPECT_THAT(Problems(text), StartsWith("my.toml:18: [claim.experiment] has no scenarios; "
                                         "accepted: tags = [...] or names = [...], not empty"));
}

TEST(ClaimFile, ViolationsContradictMay) {
  const std::string text = With(With(With(kGood, "\"always\"", "\"may\""), "target", ""),
                                "readings = [\"global\"]", "witness = \"bystander-died\"");
  EXPECT_EQ(Problems(text),
            "my.toml:22: violation with quantifier \"may\"; accepted: only with \"always\"");
}

TEST(ClaimFile, MayIsNeverExpectedToBeRefuted) {
  std::string text = With(With(kGood, "\"always\"", "\"may\""), "target", "");
  text = With(With(text, "violation", "witness"), "\"supported\"", "\"refuted\"");
  EXPECT_THAT(Problems(text), StartsWith("my.toml:9: \"refuted\" is expected of quantifier"));
}

TEST(ClaimFile, TargetsContradictMay) {
  const std::string text = With(With(kGood, "\"always\"", "\"may\""), "violation", "witness");
  EXPECT_EQ(Problems(text),
            "my.toml:9: a target for quantifier \"may\"; accepted: only for \"always\"");
}

TEST(ClaimFile, ARatioNeedsItsTable) {
  const std::string text =
      std::string(kRatio).substr(0, std::string(kRatio).find("[claim.experiment.ratio]"));
  EXPECT_THAT(Problems(text), StartsWith("my.toml:6: [claim.experiment] has no "
                                         "[claim.experiment.ratio]; accepted: a table"));
}

TEST(ClaimFile, ARatioNeedsTwoDifferentSeries) {
  EXPECT_THAT(Problems(With(kRatio, "denominator = \"thread\"", "denominator = \"process\"")),
              StartsWith("my.toml:11: denominator is the numerator, \"process\"; accepted: "));
  EXPECT_THAT(Problems(With(kRatio, "numerator = \"process\"", "")),
              StartsWith("my.toml:9: [claim.experiment.ratio] has no numerator; accepted: "));
  EXPECT_THAT(Problems(With(kRatio, "1.5", "-1")),
              StartsWith("my.toml:12: than is out of range; accepted: "));
}

TEST(ClaimFile, AnIdOccursOnce) {
  const std::string again = std::string(kGood).substr(std::string("schema = 1\n").size());
  EXPECT_EQ(Problems(kGood + again),
            "my.toml:27: id \"crash.process-contained\" is that of line 4 again; accepted: each id "
            "once");
}

TEST(ClaimFile, AnIdOccursOnceInARun) {
  const auto first = ParseClaims(kGood, "a.toml"), second = ParseClaims(kGood, "b.toml");
  ASSERT_TRUE(first && second);
  std::vector<Claim> both = *first;
  both.push_back(second->front());
  const auto distinct = CheckDistinct(both);
  ASSERT_FALSE(distinct);
  EXPECT_THAT(distinct.error().message, StartsWith("b.toml:3: id \"crash.process-contained\" is "
                                                   "that of a.toml:3 again; accepted: "));
}

TEST(ClaimFile, AllProblemsAreToldInTheOrderOfTheFile) {
  const std::string problems =
      Problems(With(With(kGood, "\"exec\"]", "\"exek\"]"), "schema = 1", "schema = 9"));
  EXPECT_THAT(problems, StartsWith("my.toml:1: "));
  EXPECT_THAT(problems, HasSubstr("\nmy.toml:22: "));
}

TEST(ClaimFile, ClaimsOfOtherShapeAreRefused) {
  EXPECT_THAT(Problems("schema = 1\nclaim = 3\n"),
              StartsWith("my.toml:2: claim in the file is an integer; accepted: tables"));
  EXPECT_THAT(Problems("schema = 1\n"), HasSubstr("the file has no claim"));
  EXPECT_THAT(Problems(""), StartsWith("my.toml:1: the file has no schema"));
  EXPECT_THAT(Problems(std::string("\xff\xfe\0x", 4)), StartsWith("my.toml:1: not TOML"));
}

class ClaimDirectory : public testing::Test {
 protected:
  ClaimDirectory() {
    std::string name = testing::TempDir() + "bulkhead-claims-XXXXXX";
    directory_ = mkdtemp(name.data());
  }
  ~ClaimDirectory() override { std::filesystem::remove_all(directory_); }
  std::string Write(const std::string& name, const std::string& text) {
    std::ofstream(directory_ + "/" + name) << text;
    return directory_ + "/" + name;
  }
  std::string directory_;
};

TEST_F(ClaimDirectory, FilesAreReadInTheOrderOfTheirNames) {
  Write("b.toml", kRatio);
  Write("a.toml", kGood);
  Write("notes.txt", "no claim");
  const auto claims = ReadClaimDirectory(directory_);
  ASSERT_TRUE(claims.has_value()) << claims.error().message;
  ASSERT_EQ(claims->size(), 2u);
  EXPECT_EQ((*claims)[0].file, directory_ + "/a.toml");
}

TEST_F(ClaimDirectory, AMissingFileIsRefusedWithTheNearest) {
  Write("my-lab.toml", kGood);
  const auto claims = ReadClaimFile(directory_ + "/my-lap.toml");
  ASSERT_FALSE(claims);
  EXPECT_EQ(claims.error().kind, Error::Kind::kUser);
  EXPECT_THAT(claims.error().message, HasSubstr("no such claim file"));
  EXPECT_THAT(claims.error().message,
              HasSubstr("did you mean \"" + directory_ + "/my-lab.toml\"?"));
}

TEST_F(ClaimDirectory, ADirectoryIsNoClaimFile) {
  const auto claims = ReadClaimFile(directory_);
  ASSERT_FALSE(claims);
  EXPECT_THAT(claims.error().message, HasSubstr("not a regular file"));
}

TEST_F(ClaimDirectory, AnEmptyDirectoryIsTheInstallationsFault) {
  const auto claims = ReadClaimDirectory(directory_);
  ASSERT_FALSE(claims);
  EXPECT_EQ(claims.error().kind, Error::Kind::kMachine);
}

}  // namespace
}  // namespace bulkhead
