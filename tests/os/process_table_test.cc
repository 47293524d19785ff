#include "harness/os/process_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <thread>

#include "tests/os/child.h"

namespace bulkhead::os {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// A child that is killed and reaped in the end.
class Table : public testing::Test {
 protected:
  template <typename Body>
  pid_t Start(Body body) {
    child_ = StartChild(body);
    return child_.pid;
  }
  pid_t StartPausing() {
    return Start([] {
      for (;;) pause();
      return 0;
    });
  }
  ~Table() override {
    if (!child_.pidfd) return;
    (void)SendSignal(child_.pidfd.get(), SIGKILL);
    AwaitEnd(child_.pidfd.get());
  }
  // The change of state is an event for its parent; WNOWAIT leaves it there.
  void Await(int change) {
    siginfo_t info{};
    ASSERT_EQ(waitid(P_PID, static_cast<id_t>(child_.pid), &info, change | WNOWAIT), 0);
  }
  Child child_;
};

TEST_F(Table, TheCallerIsRunning) {
  const std::optional<TaskState> self = ReadTask(getpid(), getpid());
  ASSERT_TRUE(self);
  EXPECT_EQ(self->state, 'R');
}

TEST_F(Table, CpuTimeGrowsWithWork) {
  const Nanoseconds before = ReadTask(getpid(), getpid())->cpu;
  const Nanoseconds start = ReadClock(CLOCK_THREAD_CPUTIME_ID);
  while (ReadClock(CLOCK_THREAD_CPUTIME_ID) - start < 30 * kMillisecond) {
  }
  EXPECT_GE(ReadTask(getpid(), getpid())->cpu - before, 10 * kMillisecond);
}

TEST_F(Table, ABlockedChildIsInItsSystemCall) {
  const pid_t pid = StartPausing();
  // It gets there when the scheduler wills; the time limit of the test is the deadline.
  std::optional<TaskState> state;
  do {
    sched_yield();
    state = ReadTask(pid, pid);
    ASSERT_TRUE(state);
  } while (state->state != 'S' || state->syscall < 0);
#ifdef SYS_pause
  EXPECT_EQ(state->syscall, SYS_pause);
#endif
}

TEST_F(Table, AStoppedChildIsStopped) {
  const pid_t pid = StartPausing();
  ASSERT_EQ(kill(pid, SIGSTOP), 0);
  Await(WSTOPPED);
  EXPECT_EQ(ReadTask(pid, pid)->state, 'T');
}

TEST_F(Table, AnEndedChildThatWasNotReapedIsAZombie) {
  const pid_t pid = Start([] { return 0; });
  Await(WEXITED);
  EXPECT_EQ(ReadTask(pid, pid)->state, 'Z');
}

TEST_F(Table, AThreadThatHasGoneIsNotThere) {
  std::thread([] { EXPECT_TRUE(ReadTask(getpid(), gettid())); }).join();
  EXPECT_FALSE(ReadTask(getpid(), getpid() == 1 ? 2 : 1)) << "init is no thread of ours";
}

TEST_F(Table, ANameWithBracketsDoesNotConfuse) {
  const pid_t pid = Start([] {
    prctl(PR_SET_NAME, "a) Z 1 (b");
    raise(SIGSTOP);
    return 0;
  });
  Await(WSTOPPED);
  EXPECT_EQ(ReadTask(pid, pid)->state, 'T');
  EXPECT_EQ(CommandOf(pid), "a) Z 1 (b");
}

TEST_F(Table, ChildrenAreListedUntilTheyAreReaped) {
  EXPECT_THAT(ChildrenOfSelf(), IsEmpty());
  const pid_t pid = Start([] { return 0; });
  EXPECT_THAT(ChildrenOfSelf(), ElementsAre(pid));
  Await(WEXITED);
  EXPECT_THAT(ChildrenOfSelf(), ElementsAre(pid)) << "a zombie is still ours";
  AwaitEnd(child_.pidfd.get());
  child_.pidfd.Reset();
  EXPECT_THAT(ChildrenOfSelf(), IsEmpty());
}

TEST_F(Table, AChildOfAnotherThreadIsListedToo) {
  std::thread([&] { StartPausing(); }).join();
  EXPECT_THAT(ChildrenOfSelf(), ElementsAre(child_.pid));
}

TEST_F(Table, AWordOfAChildIsReadWhereItLies) {
  static volatile std::uint64_t word = 1;
  const pid_t pid = Start([] {
    word = 42;
    raise(SIGSTOP);
    return 0;
  });
  Await(WSTOPPED);
  EXPECT_EQ(ReadWord(pid, reinterpret_cast<std::uint64_t>(&word)), 42u);
  EXPECT_EQ(word, 1u);
  EXPECT_FALSE(ReadWord(pid, 0));
}

TEST_F(Table, DescriptorsAreCountedWithoutTheCountersOwn) {
  const std::size_t before = OpenDescriptors();
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  EXPECT_EQ(OpenDescriptors(), before + 2);
  close(ends[0]);
  close(ends[1]);
  EXPECT_EQ(OpenDescriptors(), before);
}

}  // namespace
}  // namespace bulkhead::os
