#include "harness/os/identity.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "harness/os/process_table.h"

namespace bulkhead::os {
namespace {

pid_t StartPausing() {
  const pid_t pid = fork();
  if (pid == 0) {
    for (;;) pause();
  }
  return pid;
}

void End(pid_t pid) {
  kill(pid, SIGKILL);
  waitpid(pid, nullptr, 0);
}

TEST(Identity, IsWrittenAndReadBack) {
  const ProcessIdentity own = OwnIdentity();
  EXPECT_EQ(own.pid, getpid());
  EXPECT_GT(own.started, 0u);
  EXPECT_EQ(ParseIdentity(ToText(own)), own);
  EXPECT_EQ(ParseIdentity("12-34-5"), (ProcessIdentity{12, 34}));
  EXPECT_EQ(ParseIdentity("12-34@5"), (ProcessIdentity{12, 34}));
}

TEST(Identity, WhatIsNoneIsNotRead) {
  for (const char* text : {"", "12", "12-", "-12-3", "x-1", "0-5", "12-x", "99999999999-1"}) {
    EXPECT_FALSE(ParseIdentity(text)) << text;
  }
}

TEST(Identity, ANumberGivenAgainIsAnotherProcess) {
  ProcessIdentity other = OwnIdentity();
  EXPECT_TRUE(Lives(other));
  other.started += 1;
  EXPECT_FALSE(Lives(other));
}

TEST(Identity, TheEndedDoNotLiveBeforeTheyAreReapedNorAfter) {
  const pid_t pid = StartPausing();
  const auto identity = IdentityOf(pid);
  ASSERT_TRUE(identity);
  EXPECT_TRUE(Lives(*identity));
  kill(pid, SIGKILL);
  siginfo_t info{};
  ASSERT_EQ(waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOWAIT), 0);
  EXPECT_FALSE(Lives(*identity));
  waitpid(pid, nullptr, 0);
  EXPECT_FALSE(Lives(*identity));
}

TEST(Environment, IsThatOfTheExecutedProgramAndInherited) {
  // /proc shows the environment that a program was executed with, not what it made of it.
  const pid_t pid = fork();
  if (pid == 0) {
    const char* const environment[] = {"BULKHEAD_X=a=b", "OTHER=1", nullptr};
    execle("/bin/sleep", "sleep", "3600", nullptr, environment);
    _exit(127);
  }
  // The new program has its name a moment before it has its environment.
  while (EnvironmentOf(pid, "OTHER") != "1") sched_yield();
  EXPECT_EQ(CommandOf(pid), "sleep");
  EXPECT_EQ(EnvironmentOf(pid, "BULKHEAD_X"), "a=b");
  EXPECT_EQ(EnvironmentOf(pid, "BULKHEAD"), "");
  End(pid);
  EXPECT_EQ(EnvironmentOf(pid, "OTHER"), "");
}

}  // namespace
}  // namespace bulkhead::os
