#include "harness/os/affinity.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sched.h>

#include <span>
#include <thread>

namespace bulkhead::os {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

TEST(Affinity, AThreadRunsWhereItIsToldAndTheOthersStay) {
  const std::vector<int> before = AllowedCpus();
  ASSERT_THAT(before, Not(IsEmpty()));
  const int last = before.back();
  std::thread([&] {
    ASSERT_TRUE(RunOn(std::span(&last, 1)));
    EXPECT_THAT(AllowedCpus(), ElementsAre(last));
    EXPECT_EQ(sched_getcpu(), last);
    ASSERT_TRUE(RunOn(before));
    EXPECT_EQ(AllowedCpus(), before);
  }).join();
  EXPECT_EQ(AllowedCpus(), before);
}

TEST(Affinity, RefusedPlacesChangeNothing) {
  const std::vector<int> before = AllowedCpus();
  EXPECT_FALSE(RunOn({}));
  EXPECT_EQ(AllowedCpus(), before);
}

}  // namespace
}  // namespace bulkhead::os
