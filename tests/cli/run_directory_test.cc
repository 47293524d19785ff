#include "harness/cli/run_directory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "harness/base/digest.h"
#include "harness/os/file.h"

namespace bulkhead {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::MatchesRegex;

class RunDirectory : public testing::Test {
 protected:
  RunDirectory() : before_(fs::current_path()) {
    std::string name = testing::TempDir() + "bulkhead-run-XXXXXX";
    place_ = mkdtemp(name.data());
    fs::current_path(place_);
  }
  ~RunDirectory() override {
    fs::current_path(before_);
    fs::remove_all(place_);
  }
  std::string Refusal(const std::string& directory) {
    const auto created = CreateRunDirectory(directory, "id");
    if (created) return "no refusal";
    EXPECT_EQ(created.error().kind, Error::Kind::kUser);
    return created.error().message;
  }
  fs::path before_, place_;
};

TEST_F(RunDirectory, NamesAreTimesThatSortAndDiffer) {
  EXPECT_THAT(TimeStamp(), MatchesRegex("[0-9-]{10}T[0-9:]{8}Z"));
  const std::string id = MakeRunId("2026-11-21T10:00:32Z", 1);
  EXPECT_THAT(id, MatchesRegex("20261121T100032Z-[0-9a-f]{6}"));
  EXPECT_NE(id, MakeRunId("2026-11-21T10:00:32Z", 2));
}

TEST_F(RunDirectory, TheDefaultLiesInBulkheadRuns) {
  EXPECT_EQ(CreateRunDirectory("", "id").value(), "bulkhead-runs/id");
  EXPECT_TRUE(fs::is_directory("bulkhead-runs/id"));
}

TEST_F(RunDirectory, AnEmptyDirectoryIsTaken) {
  fs::create_directory("empty");
  EXPECT_EQ(CreateRunDirectory("empty", "id").value(), "empty");
}

TEST_F(RunDirectory, NothingIsOverwritten) {
  fs::create_directory("full");
  std::ofstream("full/file") << "text";
  EXPECT_THAT(Refusal("full"), HasSubstr("-o: full is not empty; accepted: "));
  EXPECT_THAT(Refusal("full/file"), HasSubstr("exists and is no directory; accepted: "));
}

TEST_F(RunDirectory, APlaceThatCannotBeWrittenIsRefused) {
  EXPECT_THAT(Refusal("/proc/bulkhead/run"), HasSubstr("cannot be created: "));
}

TEST_F(RunDirectory, TheManifestHasTheDigestOfEveryFile) {
  fs::create_directory("run");
  std::ofstream("run/journal.jsonl.zst") << "journal";
  RunReport report;
  const auto written = WriteRunFiles("run", report, {FindWriter("markdown")}, {});
  ASSERT_TRUE(written.has_value()) << written.error().message;
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator("run")) names.push_back(entry.path().filename());
  EXPECT_THAT(names, testing::UnorderedElementsAre("journal.jsonl.zst", "results.json",
                                                   "envelope.json", "report.md", "manifest.json"));
  const std::string manifest = os::ReadFile("run/manifest.json").value();
  for (const char* name : {"journal.jsonl.zst", "results.json", "envelope.json", "report.md"}) {
    const std::string text = os::ReadFile(std::string("run/") + name).value();
    EXPECT_THAT(manifest,
                HasSubstr("\"" + std::string(name) + "\": {\"sha256\": \"" + Hex(DigestOf({text})) +
                          "\", \"bytes\": " + std::to_string(text.size()) + "}"));
  }
}

TEST_F(RunDirectory, LatestFollowsTheNewestRun) {
  for (const char* id : {"first", "second"}) {
    const std::string directory = CreateRunDirectory("", id).value();
    PointLatestAt(directory);
    EXPECT_EQ(fs::read_symlink("bulkhead-runs/latest"), id);
  }
  PointLatestAt("elsewhere");
  EXPECT_EQ(fs::read_symlink("bulkhead-runs/latest"), "second");
}

}  // namespace
}  // namespace bulkhead
