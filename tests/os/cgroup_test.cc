#include "harness/os/cgroup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "harness/os/identity.h"
#include "tests/os/child.h"

namespace bulkhead::os {
namespace {

using testing::IsEmpty;
using testing::StartsWith;

class Cgroups : public testing::Test {
 protected:
  void SetUp() override {
    const Expected<std::vector<std::string>> parents = CgroupParents();
    if (!parents) GTEST_SKIP() << parents.error().message;
    parents_ = *parents;
  }
  void TearDown() override { RemoveCgroups(parents_, CgroupPrefix(getpid(), 0)); }

  std::vector<std::string> Existing(const std::string& prefix) const {
    std::vector<std::string> found;
    for (const std::string& parent : parents_) {
      for (const auto& entry : std::filesystem::directory_iterator(parent)) {
        const std::string name = entry.path().filename();
        if (name.starts_with(prefix)) found.push_back(name);
      }
    }
    return found;
  }

  std::vector<std::string> parents_;
  const std::string name_ = CgroupName(getpid(), 4711, 0);
};

TEST_F(Cgroups, TheNameBeginsWithTheSupervisorsIdentity) {
  EXPECT_THAT(name_, StartsWith("bulkhead-" + ToText(OwnIdentity()) + "-4711-"));
}

TEST_F(Cgroups, WhoHasEnteredCannotHaveMoreTasksThanTheLimit) {
  Expected<Cgroup> group = Cgroup::Create(parents_, name_, {64 << 20, 2});
  ASSERT_TRUE(group) << group.error().message;
  // 0: one child was granted and the next one refused.
  const Child unit = StartChild([&] {
    if (!group->Enter()) return 1;
    const pid_t first = fork();
    if (first == 0) {
      pause();
      _exit(0);
    }
    const pid_t second = first > 0 ? fork() : 0;
    if (first > 0) kill(first, SIGKILL);
    return first > 0 && second < 0 ? 0 : 2;
  });
  EXPECT_EQ(AwaitEnd(unit.pidfd.get()).status, 0);
}

TEST_F(Cgroups, AKillForWantOfMemoryIsCounted) {
  Expected<Cgroup> group = Cgroup::Create(parents_, name_, {8 << 20, 8});
  ASSERT_TRUE(group) << group.error().message;
  const std::uint64_t before = OomKills(parents_, name_).value_or(0);
  const Child hog = StartChild([&] {
    if (!group->Enter()) return 1;
    for (std::size_t i = 0; i < 64; ++i) {
      auto* page = static_cast<volatile char*>(std::malloc(1 << 20));
      for (std::size_t byte = 0; page != nullptr && byte < 1 << 20; byte += 4096) page[byte] = 1;
    }
    return 2;
  });
  const WaitStatus status = AwaitEnd(hog.pidfd.get());
  EXPECT_TRUE(status.signaled);
  EXPECT_EQ(status.status, SIGKILL);
  EXPECT_EQ(OomKills(parents_, name_), before + 1);
}

TEST_F(Cgroups, NothingIsLeftWhenTheyAreRemoved) {
  ASSERT_TRUE(Cgroup::Create(parents_, name_, {64 << 20, 8}));
  EXPECT_EQ(Existing(name_).size(), parents_.size());
  RemoveCgroups(parents_, CgroupPrefix(getpid(), 4711));
  EXPECT_THAT(Existing(name_), IsEmpty());
}

}  // namespace
}  // namespace bulkhead::os
