#include "harness/base/suggest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace bulkhead {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::vector<std::string> kNames{"fork", "exec", "thread", "clone-vm"};

TEST(Suggest, NearestIsTheOneMeant) {
  EXPECT_EQ(Nearest("frok", {kNames.data(), 0}), "");
  EXPECT_EQ(Nearest("exce", kNames), "exec");  // swapped neighbours are one edit
  EXPECT_EQ(Nearest("eexx", kNames), "");      // more than a third of the letters differ
  EXPECT_EQ(Nearest("rfok", kNames), "");
  EXPECT_EQ(Nearest("exe", kNames), "exec");
  EXPECT_EQ(Nearest("thraed", kNames), "thread");
  EXPECT_EQ(Nearest("clone_vm", kNames), "clone-vm");
  EXPECT_EQ(Nearest("fork", kNames), "fork");
}

TEST(Suggest, FarWordsSuggestNothing) {
  EXPECT_EQ(Nearest("container", kNames), "");
  EXPECT_EQ(Nearest("", kNames), "");
}

TEST(Suggest, AcceptedListsNamesAndTheNearest) {
  EXPECT_EQ(Accepted("forc", kNames),
            "; accepted: fork, exec, thread, clone-vm (did you mean \"fork\"?)");
  EXPECT_EQ(Accepted("boat", kNames), "; accepted: fork, exec, thread, clone-vm");
  EXPECT_EQ(Accepted("boat", {}), "; none is available");
}

TEST(Suggest, LongListsGiveWayToTheSuggestion) {
  std::vector<std::string> many;
  for (int i = 0; i < 41; ++i) many.push_back("scenario-" + std::to_string(i));
  const std::string text = Accepted("scenario-41", many);
  EXPECT_THAT(text, HasSubstr("; accepted: see `bulkhead list`"));
  EXPECT_THAT(text, Not(HasSubstr("scenario-1,")));
  many.pop_back();
  EXPECT_THAT(Accepted("x", many), HasSubstr("scenario-0, scenario-1, "));
  EXPECT_THAT(text, HasSubstr("did you mean \"scenario-"));
}

TEST(Glob, MatchesTheWholeText) {
  EXPECT_TRUE(MatchesGlob("null-store", "null-store"));
  EXPECT_FALSE(MatchesGlob("null", "null-store"));
  EXPECT_FALSE(MatchesGlob("store", "null-store"));
  EXPECT_TRUE(MatchesGlob("*store", "null-store"));
  EXPECT_TRUE(MatchesGlob("n*s*e", "null-store"));
  EXPECT_TRUE(MatchesGlob("*", ""));
  EXPECT_TRUE(MatchesGlob("", ""));
  EXPECT_FALSE(MatchesGlob("?", ""));
  EXPECT_TRUE(MatchesGlob("crash.*", "crash.process-contained"));
  EXPECT_TRUE(MatchesGlob("????", "fork"));
  EXPECT_FALSE(MatchesGlob("???", "fork"));
}

TEST(Glob, StarsInTheTextAreOrdinary) {
  EXPECT_TRUE(MatchesGlob("a*b", "a*b"));
  EXPECT_TRUE(MatchesGlob("*b", "*ab"));
  EXPECT_TRUE(MatchesGlob("**a", "a"));
}

TEST(Glob, ManyStarsEndInTime) {
  EXPECT_FALSE(MatchesGlob("*a*a*a*a*a*a*a*a*a*a*b", std::string(2000, 'a')));
}

}  // namespace
}  // namespace bulkhead
