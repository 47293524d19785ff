// Files that are offered as plugins and are none, or do not behave as one: why each is broken, and
// that the others are not.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "tests/supervisor/one_trial.h"

namespace bulkhead {
namespace {

using testing::AnyOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

Installation TheInstallation() { return {trials::kZygote, "", ""}; }

class BadPlugin : public testing::Test {
 protected:
  void SetUp() override {
    trials::WarmUp();
    descriptors_ = os::OpenDescriptors();
  }
  void TearDown() override {
    EXPECT_THAT(os::ChildrenOfSelf(), IsEmpty());
    EXPECT_EQ(os::OpenDescriptors(), descriptors_);
  }

  // Why the one file is broken; beside it a good plugin is always at hand.
  std::string WhyBroken(const std::string& path) {
    const auto catalog =
        LoadCatalog(TheInstallation(), "", {trials::ScenarioPath("null-store"), path});
    if (!catalog) return "no catalog: " + catalog.error().message;
    EXPECT_NE(catalog->Find("null-store"), nullptr) << "a good plugin is not found beside " << path;
    EXPECT_THAT(catalog->scenarios, SizeIs(1));
    if (catalog->broken.size() != 1) return "not broken";
    EXPECT_EQ(catalog->broken[0].path, path);
    return catalog->broken[0].why;
  }
  std::string WhyBrokenChild(const std::string& name) { return WhyBroken(trials::ChildPath(name)); }

  std::size_t descriptors_ = 0;
};

TEST_F(BadPlugin, ACrashInAConstructorIsNamed) {
  EXPECT_EQ(WhyBrokenChild("constructor-segfault"), "ended by SIGSEGV while it was being loaded");
}

TEST_F(BadPlugin, AnExitInAConstructorIsNamed) {
  EXPECT_EQ(WhyBrokenChild("constructor-exit"), "exited with code 0 while it was being loaded");
}

TEST_F(BadPlugin, AHangInAConstructorEndsAtTheDeadline) {
  EXPECT_EQ(WhyBrokenChild("constructor-hang"), "did not finish loading within 5 s");
}

TEST_F(BadPlugin, AClosedChannelIsNamed) {
  // It then fails to introduce itself; which of the two is seen first is open.
  EXPECT_THAT(WhyBrokenChild("constructor-closes-descriptors"),
              AnyOf("exited with code 1 while it was being loaded",
                    "closed its channel while it was being loaded"));
}

TEST_F(BadPlugin, ATalkativeConstructorIsNotBroken) {
  const auto catalog =
      LoadCatalog(TheInstallation(), "", {trials::ChildPath("constructor-writes")});
  ASSERT_TRUE(catalog) << catalog.error().message;
  for (const BrokenPlugin& broken : catalog->broken) ADD_FAILURE() << broken.why;
  EXPECT_NE(catalog->Find("constructor-writes"), nullptr);
}

TEST_F(BadPlugin, AnotherAbiVersionIsNamedWithBothNumbers) {
  EXPECT_EQ(WhyBrokenChild("wrong-abi"),
            "has plugin ABI version 42; this bulkhead speaks version 1");
}

TEST_F(BadPlugin, AnotherSizeIsNamedWithBothNumbers) {
  EXPECT_THAT(WhyBrokenChild("wrong-size"), StartsWith("describes itself in "));
}

TEST_F(BadPlugin, ALibraryWithoutTheSymbolIsNoPlugin) {
  EXPECT_EQ(WhyBrokenChild("no-symbol"), "is no bulkhead plugin: it exports no bulkhead_scenario");
}

TEST_F(BadPlugin, ABadNameIsRefused) {
  EXPECT_THAT(WhyBrokenChild("bad-name"), HasSubstr("which is not kebab-case"));
}

TEST_F(BadPlugin, AFileThatIsNoLibraryIsNamed) {
  const std::string path = testing::TempDir() + "bulkhead-text-" + std::to_string(getpid()) + ".so";
  std::ofstream(path) << "I am no shared object.\n";
  EXPECT_THAT(WhyBroken(path), StartsWith("cannot be loaded: "));
  std::filesystem::remove(path);
}

TEST_F(BadPlugin, TwoPluginsOfOneNameAreOneTooMany) {
  const std::string path = testing::TempDir() + "bulkhead-twin-" + std::to_string(getpid()) + ".so";
  std::filesystem::copy_file(trials::ScenarioPath("null-store"), path);
  EXPECT_THAT(WhyBroken(path), StartsWith("names its scenario \"null-store\" like "));
  std::filesystem::remove(path);
}

TEST_F(BadPlugin, AMissingFileIsTheUsersError) {
  const auto catalog = LoadCatalog(TheInstallation(), "", {"/nowhere/at-all.so"});
  ASSERT_FALSE(catalog);
  EXPECT_EQ(catalog.error().kind, Error::Kind::kUser);
  EXPECT_EQ(catalog.error().message, "there is no plugin /nowhere/at-all.so");
}

TEST_F(BadPlugin, AMissingDirectoryIsTheUsersError) {
  const auto catalog = LoadCatalog(TheInstallation(), "/nowhere/at-all", {});
  ASSERT_FALSE(catalog);
  EXPECT_EQ(catalog.error().kind, Error::Kind::kUser);
  EXPECT_THAT(catalog.error().message, HasSubstr("/nowhere/at-all"));
}

TEST_F(BadPlugin, TheOwnScenariosAreAllSound) {
  const auto catalog =
      LoadCatalog(TheInstallation(), BULKHEAD_BINARY_DIR "/lib/bulkhead/scenarios", {});
  ASSERT_TRUE(catalog) << catalog.error().message;
  for (const BrokenPlugin& broken : catalog->broken) ADD_FAILURE() << broken.path << broken.why;
  EXPECT_GE(catalog->scenarios.size(), 20u);
  EXPECT_TRUE(std::is_sorted(
      catalog->scenarios.begin(), catalog->scenarios.end(),
      [](const Scenario& a, const Scenario& b) { return a.manifest.name < b.manifest.name; }));
}

}  // namespace
}  // namespace bulkhead
