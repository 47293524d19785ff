#include "harness/cli/github.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/reports/sample_report.h"

namespace bulkhead {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(Annotations, OnlyUnexpectedVerdictsHaveOne) {
  const std::string commands = Annotations(sample::Sample());
  EXPECT_THAT(commands, StartsWith("::error file=scenarios/claims/crash.toml,line=12,"
                                   "title=memory.process-private%3A refuted::Refuted"));
  EXPECT_EQ(std::count(commands.begin(), commands.end(), '\n'), 1);
}

TEST(Annotations, ForeignTextCannotBeginACommandOrAProperty) {
  RunReport report = sample::Sample();
  report.plan.claims[1].file = "a,title=b:c%.toml";
  report.verdicts[1].sentence = "100 %\n::error::mine";
  const std::string commands = Annotations(report);
  EXPECT_THAT(commands, StartsWith("::error file=a%2Ctitle=b%3Ac%25.toml,line=12,"));
  EXPECT_THAT(commands, HasSubstr("::100 %25 ::error::mine"));
}

TEST(Annotations, BeyondTenAreCounted) {
  RunReport report = sample::Sample();
  for (int i = 0; i < 12; ++i) {
    report.plan.claims.push_back(report.plan.claims[1]);
    report.verdicts.push_back(report.verdicts[1]);
  }
  const std::string commands = Annotations(report);
  EXPECT_EQ(std::count(commands.begin(), commands.end(), '\n'), 11);
  EXPECT_THAT(commands, HasSubstr("::notice::3 more verdicts are not as expected\n"));
}

}  // namespace
}  // namespace bulkhead
