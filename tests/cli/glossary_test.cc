#include "harness/cli/glossary.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "harness/model/names.h"

namespace bulkhead {
namespace {

TEST(Glossary, IsSortedAndEveryWordHasAMeaning) {
  EXPECT_TRUE(std::ranges::is_sorted(Glossary(), {}, &GlossaryWord::word));
  for (const GlossaryWord& word : Glossary()) EXPECT_FALSE(word.meaning.empty()) << word.word;
}

TEST(Glossary, KnowsTheWordsOfTheReports) {
  for (const char* word : {"trial", "cell", "arm", "fired", "void", "canary", "control", "fate",
                           "envelope", "block", "victim", "witness"}) {
    EXPECT_NE(FindWord(word), nullptr) << word;
  }
  EXPECT_EQ(FindWord("nosuch"), nullptr);
}

TEST(Glossary, EveryVerdictHasAGuideOfItsOwn) {
  std::set<std::string_view> causes, next;
  for (const Named<Outcome>& outcome : NamesOf<Outcome>()) {
    const VerdictGuide& guide = GuideOf(outcome.value);
    EXPECT_EQ(guide.outcome, outcome.value);
    EXPECT_TRUE(causes.insert(guide.always).second);
    EXPECT_TRUE(next.insert(guide.next).second);
    EXPECT_FALSE(guide.exit_code.empty());
  }
}

}  // namespace
}  // namespace bulkhead
