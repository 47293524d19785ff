#include "harness/cli/workbench.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace bulkhead {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr char kClaim[] = R"(
[[claim]]
id = "%"
quantifier = "may"
text.en = "text"
experiment = {tags = ["fatal"], vehicles = ["fork"], witness = "bystander-died"}
)";

class Selection : public testing::Test {
 protected:
  Selection() {
    std::string name = testing::TempDir() + "bulkhead-selection-XXXXXX";
    directory_ = mkdtemp(name.data());
    Write("a.toml", {"crash.contained", "crash.thread"});
    Write("b.toml", {"memory.private"});
    mine_ = directory_ + "/mine";
    std::filesystem::create_directory(mine_);
    mine_ += "/my-lab.toml";
    Write("mine/my-lab.toml", {"my.claim"});
  }
  ~Selection() override { std::filesystem::remove_all(directory_); }

  void Write(const std::string& name, const std::vector<std::string>& ids) {
    std::ofstream file(directory_ + "/" + name);
    file << "schema = 1\n";
    for (const std::string& id : ids) file << std::string(kClaim).replace(18 - 1, 1, id);
  }

  std::vector<std::string> Select(const std::vector<std::string>& asked,
                                  const std::vector<std::string>& excluded = {}) {
    const auto claims = SelectClaims(directory_, asked, excluded);
    if (!claims) {
      EXPECT_EQ(claims.error().kind, Error::Kind::kUser);
      return {claims.error().message};
    }
    std::vector<std::string> ids;
    for (const Claim& claim : *claims) ids.push_back(claim.id);
    return ids;
  }

  std::string directory_, mine_;
};

TEST_F(Selection, NothingAskedIsEverythingInstalled) {
  EXPECT_THAT(Select({}), ElementsAre("crash.contained", "crash.thread", "memory.private"));
}

TEST_F(Selection, PatternsAreOverInstalledIds) {
  EXPECT_THAT(Select({"crash.*"}), ElementsAre("crash.contained", "crash.thread"));
  EXPECT_THAT(Select({"memory.private", "*.thread"}),
              ElementsAre("crash.thread", "memory.private"));
}

TEST_F(Selection, AFileGivesItsClaimsAlone) {
  EXPECT_THAT(Select({mine_}), ElementsAre("my.claim"));
}

TEST_F(Selection, FilesAndPatternsAddUp) {
  EXPECT_THAT(Select({mine_, "memory.*"}), ElementsAre("my.claim", "memory.private"));
}

TEST_F(Selection, ExcludedClaimsAreLeftOut) {
  EXPECT_THAT(Select({}, {"crash.*"}), ElementsAre("memory.private"));
}

TEST_F(Selection, APatternWithoutMatchIsRefusedWithTheNearest) {
  EXPECT_THAT(Select({"memory.privat"}),
              ElementsAre(HasSubstr("no claim matches \"memory.privat\" (did you mean ")));
  EXPECT_THAT(Select({"memory.privat"}),
              ElementsAre(HasSubstr("did you mean \"memory.private\"?")));
  EXPECT_THAT(Select({}, {"memry.private"}),
              ElementsAre(HasSubstr("did you mean \"memory.private\"?")));
}

TEST_F(Selection, AnEmptySelectionIsRefused) {
  EXPECT_THAT(Select({}, {"*"}), ElementsAre(HasSubstr("nothing to run")));
}

TEST_F(Selection, TheSameIdFromTwoPlacesIsRefused) {
  Write("mine/again.toml", {"my.claim"});
  EXPECT_THAT(Select({mine_, directory_ + "/mine/again.toml"}),
              ElementsAre(HasSubstr("\"my.claim\" is that of ")));
}

TEST_F(Selection, TheSameFileTwiceIsCalledThat) {
  EXPECT_THAT(Select({mine_, directory_ + "/mine/../mine/my-lab.toml"}),
              ElementsAre(HasSubstr("my-lab.toml is named twice")));
}

TEST_F(Selection, AnOwnClaimThatReplacesAnInstalledOneIsNoticed) {
  Write("mine/other.toml", {"memory.private", "my.claim"});
  const auto claims = SelectClaims(directory_, {directory_ + "/mine/other.toml"}, {}).value();
  EXPECT_THAT(Replacements(directory_, claims),
              ElementsAre(HasSubstr("claim memory.private is that of ")));
  EXPECT_THAT(Replacements(directory_, SelectClaims(directory_, {}, {}).value()),
              testing::IsEmpty());
}

Catalog MakeCatalog() {
  Catalog catalog;
  for (const auto& [name, tag] : {std::pair{"abort", "fatal"}, std::pair{"null-store", "fatal"},
                                  std::pair{"spin-hang", "hang"}}) {
    Scenario scenario;
    scenario.manifest.name = name;
    scenario.manifest.tags = {tag};
    catalog.scenarios.push_back(scenario);
  }
  return catalog;
}

TEST(Scenarios, NoFilterRestrictsNothing) {
  EXPECT_THAT(SelectScenarios(MakeCatalog(), {}, {}).value(), testing::IsEmpty());
}

TEST(Scenarios, FaultAndTagMustBothMatch) {
  EXPECT_THAT(SelectScenarios(MakeCatalog(), {"*"}, {"fatal"}).value(),
              ElementsAre("abort", "null-store"));
  EXPECT_THAT(SelectScenarios(MakeCatalog(), {"null-*", "spin-*"}, {}).value(),
              ElementsAre("null-store", "spin-hang"));
}

TEST(Scenarios, UnknownNamesAndTagsAreRefusedWithTheNearest) {
  EXPECT_THAT(SelectScenarios(MakeCatalog(), {"abrt"}, {}).error().message,
              HasSubstr("--fault: no scenario matches \"abrt\"; accepted: abort, null-store, "
                        "spin-hang (did you mean \"abort\"?)"));
  EXPECT_THAT(SelectScenarios(MakeCatalog(), {}, {"fatl"}).error().message,
              HasSubstr("--tag: no scenario carries \"fatl\"; accepted: fatal, hang (did you"));
  EXPECT_THAT(SelectScenarios(MakeCatalog(), {"spin-hang"}, {"fatal"}).error().message,
              HasSubstr("nothing to run"));
}

TEST(Scenarios, ANamedPluginThatIsNoneIsTheUsersError) {
  const Installation installation{};
  for (const std::string plugin : {"/nonexistent.so", "/"}) {
    const auto catalog = LoadScenarios(installation, "", {plugin});
    ASSERT_FALSE(catalog);
    EXPECT_EQ(catalog.error().kind, Error::Kind::kUser);
    EXPECT_THAT(catalog.error().message, HasSubstr("--plugin: " + plugin));
  }
  const auto catalog = LoadScenarios(installation, "/nonexistent", {});
  ASSERT_FALSE(catalog);
  EXPECT_EQ(catalog.error().kind, Error::Kind::kUser);
}

TEST(Scenarios, ANamedScenarioWithABrokenPluginKeepsItsPlaceInThePlan) {
  Catalog catalog = MakeCatalog();
  catalog.broken = {{"/x/bad-one.so", "ended by SIGSEGV"}, {"/x/unasked.so", "is no plugin"}};
  Claim claim;
  claim.experiment.names = {"bad-one"};
  AddStandIns(catalog, {claim});
  ASSERT_EQ(catalog.scenarios.size(), 4u);
  EXPECT_EQ(catalog.scenarios.back().manifest.name, "bad-one");
  EXPECT_EQ(catalog.scenarios.back().plugin_path, "/x/bad-one.so");
  EXPECT_FALSE(catalog.scenarios.back().manifest.ends.empty());
}

}  // namespace
}  // namespace bulkhead
