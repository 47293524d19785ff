#include "harness/cli/showing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/judge/evidence_builder.h"

namespace bulkhead {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::vector<Claim> kClaims{
    evidence::MakeClaim(Quantifier::kAlways, {VehicleKind::kFork}, Finding::kBystanderDied)};

Showing Of(const Trial& trial) { return ShowingOf(kClaims, evidence::Fault(), trial); }

TEST(Showing, TellsTheActTheFatesAndTheClaims) {
  EXPECT_EQ(Told(Of(evidence::ContainedCrash())),
            "act fired; victim signaled SIGSEGV (fault); bystander 1 intact; bystander 2 intact; "
            "trial counted; claim crash.contained not shown");
}

TEST(Showing, TellsWhetherAControlBehaved) {
  EXPECT_THAT(Told(Of(evidence::KillControl(VehicleKind::kFork))),
              HasSubstr("control behaved as it must; victim intact; bystander 1 signaled SIGKILL"));
  EXPECT_THAT(Told(Of(evidence::BlindControl(VehicleKind::kFork))), HasSubstr("control failed: "));
}

TEST(Showing, OfAVoidTrialShowsNoClaim) {
  const std::string told = Told(Of(evidence::Story(VehicleKind::kFork).BystandersAnswer()));
  EXPECT_THAT(told, HasSubstr("not counted: "));
  EXPECT_THAT(told, HasSubstr("crash.contained without a counted trial"));
}

TEST(Showing, LeavesOutWhatComparesSamples) {
  const Claim ratio = evidence::MakeClaim(Quantifier::kRatio, {VehicleKind::kFork});
  EXPECT_THAT(Told(ShowingOf({ratio}, evidence::Fault(), evidence::ContainedCrash())),
              Not(HasSubstr("claim")));
}

TEST(Difference, IsEmptyForTheSame) {
  EXPECT_EQ(Difference(Of(evidence::ContainedCrash()), Of(evidence::ContainedCrash())), "");
}

TEST(Difference, SaysWhatIsAndWhatWas) {
  EXPECT_EQ(Difference(Of(evidence::ContainedCrash()),
                       Of(evidence::CrashThatTakesAll(VehicleKind::kFork))),
            "bystander 1 signaled SIGSEGV (unknown), was intact; "
            "bystander 2 signaled SIGSEGV (unknown), was intact; "
            "claim crash.contained shown, was not shown");
}

TEST(Difference, HowLongSomebodyWasWaitedForIsNone) {
  const auto silent = [](Nanoseconds waited) -> Trial {
    return evidence::Story(VehicleKind::kFork)
        .Fires()
        .Faults(0, SIGSEGV, 1)
        .Dies(0, SIGSEGV)
        .Then(1, Challenged{})
        .Then(1, Silent{waited})
        .Answers(2);
  };
  EXPECT_EQ(Difference(Of(silent(100 * kMillisecond)), Of(silent(kSecond))), "");
}

}  // namespace
}  // namespace bulkhead
