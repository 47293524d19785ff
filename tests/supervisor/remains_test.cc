#include "harness/supervisor/remains.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include "harness/journal/journal.h"
#include "harness/os/identity.h"
#include "harness/os/process_table.h"
#include "harness/supervisor/scratch.h"
#include "tests/supervisor/campaign_run.h"

namespace bulkhead {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// Of our own: runs beside us must not be faster than our test.
constexpr char kVariable[] = "BULKHEAD_REMAINS_TEST";

// Nobody's any more: whoever had it has ended and was reaped.
os::ProcessIdentity DeadIdentity() {
  const pid_t pid = fork();
  if (pid == 0) {
    for (;;) pause();
  }
  const auto identity = os::IdentityOf(pid);
  kill(pid, SIGKILL);
  waitpid(pid, nullptr, 0);
  return identity.value_or(os::ProcessIdentity{});
}

std::string MarkOf(const os::ProcessIdentity& identity) {
  return std::string(kVariable) + "=" + os::ToText(identity) + "@" +
         std::to_string(os::PidNamespace());
}

// Sleeps with that in its environment.
pid_t StartMarked(const std::string& mark) {
  const pid_t pid = fork();
  if (pid == 0) {
    const char* const environment[] = {mark.c_str(), nullptr};
    execle("/bin/sleep", "sleep", "3600", nullptr, environment);
    _exit(127);
  }
  while (os::CommandOf(pid) != "sleep") sched_yield();
  return pid;
}

bool HasEnded(pid_t pid) { return waitpid(pid, nullptr, WNOHANG) == pid; }

class Remains : public testing::Test {
 protected:
  std::string Make(const std::string& directory) {
    fs::create_directories(place_.path() + "/" + directory);
    return place_.path() + "/" + directory;
  }
  // A run's directory with a scratch directory of that owner.
  std::string MakeScratch(const std::string& run, const os::ProcessIdentity& owner) {
    std::ofstream(Make("runs/" + run) + "/" + std::string(kJournalName)) << "x";
    const std::string scratch = Make("runs/" + run + "/scratch-" + os::ToText(owner));
    std::ofstream(scratch + "/core") << "x";
    return scratch;
  }
  // Whatever other tests and runs have left is not ours to count.
  std::vector<std::string> CleanUp() {
    std::vector<std::string> of_dead;
    RemainsPlaces places;
    places.runs = place_.path() + "/runs";
    places.variable = kVariable;
    places.cgroups = {place_.path() + "/cgroup"};
    places.names = {place_.path() + "/shm"};
    for (const std::string& sentence : RemoveRemains(places)) {
      if (sentence.find("process " + std::to_string(dead_.pid) + ",") != std::string::npos ||
          sentence.starts_with("removed")) {
        of_dead.push_back(sentence);
      }
    }
    return of_dead;
  }

  const os::ProcessIdentity dead_ = DeadIdentity();
  campaigns::RunDirectory place_;
};

TEST_F(Remains, NothingIsSaidWhereNothingWasLeft) { EXPECT_THAT(CleanUp(), IsEmpty()); }

TEST_F(Remains, WhatCarriesTheMarkOfADeadSupervisorIsEnded) {
  const pid_t marked = StartMarked(MarkOf(dead_));
  EXPECT_THAT(CleanUp(), ElementsAre("cleaned up after the run of process " +
                                     std::to_string(dead_.pid) + ", which was killed: 1 process"));
  // RemoveRemains waits for the end of what it ends.
  int status = 0;
  ASSERT_EQ(waitpid(marked, &status, WNOHANG), marked);
  EXPECT_TRUE(WIFSIGNALED(status));
}

TEST_F(Remains, WhatIsOfALivingSupervisorOrOfNobodyStays) {
  // The third is of a namespace in which our numbers mean other processes.
  os::ProcessIdentity later = dead_;
  later.started += 1;
  const std::vector<pid_t> processes{
      StartMarked(MarkOf(os::OwnIdentity())), StartMarked("HOME=/"),
      StartMarked(std::string(kVariable) + "=" + os::ToText(dead_) + "@1"),
      StartMarked(std::string(kVariable) + "=" + os::ToText(dead_)),
      StartMarked(std::string(kVariable) + "=nonsense")};
  const std::string scratch = MakeScratch("live", os::OwnIdentity());
  EXPECT_THAT(CleanUp(), IsEmpty());
  for (const pid_t pid : processes) {
    EXPECT_FALSE(HasEnded(pid));
    kill(pid, SIGKILL);
    waitpid(pid, nullptr, 0);
  }
  EXPECT_TRUE(fs::exists(scratch));
}

TEST_F(Remains, ScratchDirectoriesGoAndTheRunStays) {
  const std::string scratch = MakeScratch("old", dead_);
  EXPECT_THAT(CleanUp(), ElementsAre(HasSubstr("which was killed: 1 directory")));
  EXPECT_FALSE(fs::exists(scratch));
  EXPECT_TRUE(fs::exists(place_.path() + "/runs/old/" + std::string(kJournalName)));
}

TEST_F(Remains, AScratchDirectoryStaysWhileSomebodyHoldsItsLock) {
  const std::string path = MakeScratch("far", dead_);
  const auto held = Scratch::TakeOver(path);
  ASSERT_TRUE(held);
  EXPECT_THAT(CleanUp(), IsEmpty());
  EXPECT_TRUE(fs::exists(path));
}

TEST_F(Remains, DirectoriesBesideARunAreNoneOfOurs) {
  const std::string other = Make("runs/photos/scratch-" + os::ToText(dead_));
  EXPECT_THAT(CleanUp(), IsEmpty());
  EXPECT_TRUE(fs::exists(other));
}

TEST_F(Remains, CgroupsGoByTheirName) {
  // What removes them is rmdir, which works on any empty directory.
  const std::string text = os::ToText(dead_);
  const std::string one = Make("cgroup/user.slice/bulkhead-" + text + "-7/inner");
  const std::string stays = Make("cgroup/bulkhead-" + os::ToText(os::OwnIdentity()));
  const std::string other = Make("cgroup/system.slice/bulkhead-server");
  EXPECT_THAT(CleanUp(), ElementsAre(HasSubstr("which was killed: 2 cgroups")));
  EXPECT_FALSE(fs::exists(one));
  EXPECT_TRUE(fs::exists(stays));
  EXPECT_TRUE(fs::exists(other));
}

TEST_F(Remains, WhatCannotBeRemovedIsSaidToBeLeft) {
  const std::string path = Make("cgroup/bulkhead-" + os::ToText(dead_));
  std::ofstream(path + "/file") << "x";  // no cgroup has one that stays
  EXPECT_THAT(CleanUp(),
              ElementsAre(HasSubstr("which was killed: nothing; left: the cgroup " + path)));
}

TEST_F(Remains, NamesGoWhenTheirMakerHasEnded) {
  Make("shm");
  const std::string dead = std::to_string(dead_.pid), own = std::to_string(getpid());
  for (const std::string& name :
       {"bulkhead-queue." + dead, "bulkhead-" + dead + "-0x7f10", "bulkhead-queue." + own,
        "other-" + dead, std::string("bulkhead-x")}) {
    std::ofstream(place_.path() + "/shm/" + name) << "x";
  }
  EXPECT_THAT(CleanUp(), testing::SizeIs(2));
  EXPECT_FALSE(fs::exists(place_.path() + "/shm/bulkhead-queue." + dead));
  EXPECT_TRUE(fs::exists(place_.path() + "/shm/bulkhead-queue." + own));
  EXPECT_TRUE(fs::exists(place_.path() + "/shm/other-" + dead));
  EXPECT_TRUE(fs::exists(place_.path() + "/shm/bulkhead-x"));
}

TEST_F(Remains, AScratchDirectoryGoesWithItsOwner) {
  std::string path;
  {
    auto scratch = Scratch::Make(place_.path());
    ASSERT_TRUE(scratch) << scratch.error().message;
    path = scratch->path();
    EXPECT_EQ(Scratch::OwnerOf(fs::path(path).filename().string()), os::OwnIdentity());
    EXPECT_FALSE(Scratch::TakeOver(path));
    std::ofstream(path + "/core") << "x";
  }
  EXPECT_FALSE(fs::exists(path));
}

}  // namespace
}  // namespace bulkhead
