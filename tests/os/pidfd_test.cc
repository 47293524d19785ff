#include "harness/os/pidfd.h"

#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

#include "tests/os/child.h"

namespace bulkhead::os {
namespace {

WaitStatus EndOf(const Child& child) { return AwaitEnd(child.pidfd.get()); }

// Boost's exit_code() shows 11 for the first two, a shell 139 for the last two.
TEST(Pidfd, AnExitCodeIsNotTheSignalOfThatNumber) {
  const WaitStatus status = EndOf(StartChild([] { return SIGSEGV; }));
  EXPECT_FALSE(status.signaled);
  EXPECT_EQ(status.status, 11);
}

TEST(Pidfd, ASignalIsNotTheExitCodeOfThatNumber) {
  const WaitStatus status = EndOf(StartChild([] {
    raise(SIGSEGV);
    return 0;
  }));
  EXPECT_TRUE(status.signaled);
  EXPECT_EQ(status.status, SIGSEGV);
  EXPECT_FALSE(status.core);
}

TEST(Pidfd, TheShellsCodeForASignalIsAnExitCode) {
  const WaitStatus status = EndOf(StartChild([] { return 128 + SIGSEGV; }));
  EXPECT_FALSE(status.signaled);
  EXPECT_EQ(status.status, 139);
}

TEST(Pidfd, TellsWhoEndedAndWhatItUsed) {
  const Child child = StartChild([] {
    // Until the kernel itself has seen 20 ms of it.
    rusage usage{};
    do {
      getrusage(RUSAGE_SELF, &usage);
    } while (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec < 20'000 &&
             usage.ru_utime.tv_sec + usage.ru_stime.tv_sec == 0);
    return 0;
  });
  const WaitStatus status = EndOf(child);
  EXPECT_EQ(status.pid, child.pid);
  EXPECT_GE(status.user_us + status.system_us, 20'000);
  EXPECT_GT(status.max_rss_kib, 0);
}

TEST(Pidfd, ARunningChildIsNotReaped) {
  const Child child = StartChild([] {
    for (;;) pause();
    return 0;
  });
  const Expected<std::optional<WaitStatus>> running = Reap(child.pidfd.get());
  ASSERT_TRUE(running);
  EXPECT_FALSE(*running);
  ASSERT_TRUE(SendSignal(child.pidfd.get(), SIGKILL));
  EXPECT_EQ(EndOf(child).status, SIGKILL);
}

TEST(Pidfd, IsReapedOnce) {
  const Child child = StartChild([] { return 0; });
  EndOf(child);
  const Expected<std::optional<WaitStatus>> again = Reap(child.pidfd.get());
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().sys_errno, ECHILD);
}

TEST(Pidfd, SignalsTheReapedNoMore) {
  const Child child = StartChild([] { return 0; });
  EndOf(child);
  const Expected<void> sent = SendSignal(child.pidfd.get(), SIGKILL);
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().sys_errno, ESRCH);
}

TEST(Pidfd, KnowsItsNumberUntilTheEnd) {
  const Child child = StartChild([] {
    for (;;) pause();
    return 0;
  });
  EXPECT_EQ(PidOf(child.pidfd.get()), child.pid);
  ASSERT_TRUE(SendSignal(child.pidfd.get(), SIGKILL));
  EndOf(child);
  EXPECT_EQ(PidOf(child.pidfd.get()), 0);
}

TEST(Pidfd, AStrangerCannotBeReaped) {
  Expected<UniqueFd> own = OpenPidfd(getpid());
  ASSERT_TRUE(own);
  const Expected<std::optional<WaitStatus>> status = Reap(own->get());
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().sys_errno, ECHILD);
}

}  // namespace
}  // namespace bulkhead::os
