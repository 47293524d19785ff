// Verdicts come out of the evidence: with each of the harness's eyes closed in turn, what was
// supported becomes inconclusive, and the exit code says so.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/supervisor/campaign_run.h"

namespace bulkhead {
namespace {

using campaigns::MakeCell;
using campaigns::MakeClaim;
using campaigns::OwnScenario;
using campaigns::Recorder;
using campaigns::RunDirectory;

struct Subject {
  const char* name;
  const char* scenario;
  VehicleKind vehicle;
  Quantifier quantifier;
  Finding finding;
};

void PrintTo(const Subject& subject, std::ostream* out) { *out << subject.name; }

constexpr Subject kSubjects[] = {
    {"CrashContained", "null-store", VehicleKind::kFork, Quantifier::kAlways,
     Finding::kBystanderAffected},
    {"CrashTakesProcess", "null-store", VehicleKind::kThread, Quantifier::kMay,
     Finding::kBystanderDied},
    {"HangContained", "deadlock", VehicleKind::kFork, Quantifier::kAlways,
     Finding::kBystanderStopped},
    {"CorruptionContained", "wild-store", VehicleKind::kFork, Quantifier::kAlways,
     Finding::kBystanderDamaged},
    {"CorruptionSpreads", "wild-store", VehicleKind::kThread, Quantifier::kMay,
     Finding::kBystanderDamaged},
};
const std::string kEyes[] = {"canary", "injection", "challenge", "wait"};

RunReport Look(const Subject& subject, std::vector<std::string> blind) {
  const RunPlan plan = campaigns::MakePlan(
      {MakeClaim("claim", subject.quantifier, subject.scenario, subject.vehicle, subject.finding)},
      {OwnScenario(subject.scenario)}, {MakeCell(subject.scenario, subject.vehicle)});
  RunDirectory directory;
  Recorder recorder;
  RunReport report = campaigns::Run(plan, directory, recorder, std::move(blind));
  EXPECT_TRUE(campaigns::Accounted(report.end.accounting));
  return report;
}

class Seeing : public testing::TestWithParam<Subject> {};
INSTANTIATE_TEST_SUITE_P(, Seeing, testing::ValuesIn(kSubjects),
                         [](const auto& info) { return std::string(info.param.name); });

TEST_P(Seeing, WithItsEyesOpenItSupports) {
  const RunReport report = Look(GetParam(), {});
  EXPECT_EQ(report.verdicts.at(0).outcome, Outcome::kSupported) << report.verdicts[0].sentence;
  EXPECT_FALSE(report.verdicts[0].control_failed);
  EXPECT_EQ(report.exit_code, 0);
}

class Blind : public testing::TestWithParam<std::tuple<Subject, std::string>> {};
INSTANTIATE_TEST_SUITE_P(, Blind,
                         testing::Combine(testing::ValuesIn(kSubjects), testing::ValuesIn(kEyes)),
                         [](const auto& info) {
                           return std::string(std::get<0>(info.param).name) + "_" +
                                  std::get<1>(info.param);
                         });

TEST_P(Blind, WithAnEyeClosedItIsInconclusive) {
  const auto& [subject, eye] = GetParam();
  const RunReport report = Look(subject, {eye});
  EXPECT_EQ(report.verdicts.at(0).outcome, Outcome::kInconclusive) << report.verdicts[0].sentence;
  EXPECT_NE(report.exit_code, 0);
  // What is not injected fails no control; everything else is caught by one.
  EXPECT_EQ(report.verdicts[0].control_failed, eye != "injection");
}

}  // namespace
}  // namespace bulkhead
