#include "reports/next_steps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bulkhead {
namespace {

using testing::ElementsAre;

RunReport OneVerdict(Outcome outcome) {
  RunReport report;
  report.plan.claims.resize(1);
  report.plan.claims[0].id = "a.b";
  report.plan.claims[0].file = "/usr/share/bulkhead/claims/a.toml";
  report.plan.command_line = "bulkhead run";
  report.verdicts.resize(1);
  report.verdicts[0].claim = "a.b";
  report.verdicts[0].outcome = outcome;
  return report;
}

RunReport Unexpected() {
  RunReport report = OneVerdict(Outcome::kRefuted);
  Trial trial;
  trial.plan.id = 17;
  trial.plan.cell = {"null-store", VehicleKind::kThread};
  report.decisive[17] = trial;
  report.verdicts[0].as_expected = false;
  report.verdicts[0].found = 1;
  report.verdicts[0].witness = 17;
  return report;
}

TEST(NextSteps, TheUnexpectedIsRunAgainInItsCellAlone) {
  EXPECT_THAT(
      NextSteps(Unexpected(), 0),
      ElementsAre("bulkhead explain a.b", "bulkhead run a.b --fault null-store --vehicle thread"));
}

TEST(NextSteps, WhatIsMissingIsTheDoctors) {
  EXPECT_THAT(NextSteps(OneVerdict(Outcome::kInconclusive), 0),
              ElementsAre("bulkhead explain a.b", "bulkhead doctor"));
}

TEST(NextSteps, AClaimThatWasNamedByItsFileIsNamedSoAgain) {
  RunReport report = Unexpected();
  report.plan.claims[0].file = "my lab.toml";
  report.plan.command_line = "bulkhead run 'my lab.toml'";
  EXPECT_THAT(NextSteps(report, 0),
              ElementsAre("bulkhead explain 'my lab.toml'",
                          "bulkhead run 'my lab.toml' --fault null-store --vehicle thread"));
}

TEST(NextSteps, ForeignWordsAreOneWordOfAShell) {
  RunReport report = Unexpected();
  report.decisive[17].plan.cell.scenario = "a'; rm -rf $HOME\x1b[m\n`x`";
  EXPECT_EQ(NextSteps(report, 0)[1],
            "bulkhead run a.b --fault 'a'\\''; rm -rf $HOME\xe2\x90\x9b[m `x`' --vehicle thread");
}

}  // namespace
}  // namespace bulkhead
