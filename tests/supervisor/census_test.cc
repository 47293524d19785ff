#include "harness/supervisor/census.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include "harness/os/process_table.h"

namespace bulkhead {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class Census : public testing::Test {
 protected:
  void SetUp() override { BecomeSubreaper(); }
  void TearDown() override { EXPECT_THAT(os::ChildrenOfSelf(), IsEmpty()); }

  [[noreturn]] static void PauseForEver() {
    for (;;) pause();
  }
  static pid_t StartChild() {
    const pid_t pid = fork();
    if (pid == 0) PauseForEver();
    return pid;
  }
  // A daemon: its parent, a child of ours, has ended and was reaped.
  static pid_t StartOrphan() {
    int ends[2];
    EXPECT_EQ(pipe(ends), 0);
    const pid_t parent = fork();
    if (parent == 0) {
      const pid_t orphan = fork();
      if (orphan == 0) {
        setsid();
        PauseForEver();
      }
      (void)!write(ends[1], &orphan, sizeof orphan);
      _exit(0);
    }
    pid_t orphan = 0;
    EXPECT_EQ(read(ends[0], &orphan, sizeof orphan), static_cast<ssize_t>(sizeof orphan));
    close(ends[0]);
    close(ends[1]);
    EXPECT_EQ(waitpid(parent, nullptr, 0), parent);
    return orphan;
  }

  std::vector<std::string> Sweep(const std::set<pid_t>& known = {}) {
    return SweepChildren(known, [this](const SignalIntent& intent) {
      ledger_.push_back(intent);
      return writable_;
    });
  }

  std::vector<SignalIntent> ledger_;
  bool writable_ = true;
};

TEST_F(Census, WithoutChildrenThereIsNothingToSay) { EXPECT_THAT(Sweep(), IsEmpty()); }

TEST_F(Census, AnOrphanComesToUsAndIsEnded) {
  const pid_t orphan = StartOrphan();
  EXPECT_THAT(os::ChildrenOfSelf(), ElementsAre(orphan));
  EXPECT_THAT(Sweep(), ElementsAre(testing::AllOf(HasSubstr("process " + std::to_string(orphan)),
                                                  HasSubstr("orphan of a unit, ended"))));
}

TEST_F(Census, TheSignalIsInTheLedgerFirst) {
  const pid_t orphan = StartOrphan();
  Sweep();
  ASSERT_THAT(ledger_, SizeIs(1));
  EXPECT_EQ(ledger_[0].pid, orphan);
  EXPECT_EQ(ledger_[0].signal, SIGKILL);
  EXPECT_EQ(ledger_[0].trial, 0u);
}

TEST_F(Census, ASignalThatCannotBeWrittenDownIsNotSent) {
  const pid_t orphan = StartOrphan();
  writable_ = false;
  EXPECT_THAT(Sweep(), IsEmpty());
  EXPECT_THAT(os::ChildrenOfSelf(), ElementsAre(orphan));
  EXPECT_NE(os::ReadTask(orphan, orphan)->state, 'Z');
  writable_ = true;
  EXPECT_THAT(Sweep(), SizeIs(1));
}

TEST_F(Census, TheKnownAreLeftAlone) {
  const pid_t known = StartChild(), orphan = StartOrphan();
  EXPECT_THAT(Sweep({known}), ElementsAre(HasSubstr("process " + std::to_string(orphan))));
  EXPECT_THAT(os::ChildrenOfSelf(), ElementsAre(known));
  EXPECT_NE(os::ReadTask(known, known)->state, 'Z');
  EXPECT_THAT(Sweep(), SizeIs(1));
}

TEST_F(Census, TheEndedAreReapedWithoutASignal) {
  const pid_t child = fork();
  if (child == 0) _exit(0);
  siginfo_t info{};
  ASSERT_EQ(waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT), 0);
  EXPECT_THAT(Sweep(), ElementsAre(HasSubstr("had ended")));
  EXPECT_THAT(ledger_, IsEmpty());
}

TEST_F(Census, AStoppedOrphanIsEndedToo) {
  const pid_t orphan = StartOrphan();
  ASSERT_EQ(kill(orphan, SIGSTOP), 0);
  EXPECT_THAT(Sweep(), ElementsAre(HasSubstr("ended")));
}

TEST_F(Census, NamesAreThoseOfTheDirectory) {
  std::string directory = testing::TempDir() + "bulkhead-census-XXXXXX";
  ASSERT_NE(mkdtemp(directory.data()), nullptr);
  EXPECT_THAT(NamesIn(directory), IsEmpty());
  std::ofstream(directory + "/left") << "behind";
  EXPECT_THAT(NamesIn(directory), ElementsAre("left"));
  std::filesystem::remove_all(directory);
  EXPECT_THAT(NamesIn(directory), IsEmpty()) << "a directory that is gone has no names";
}

}  // namespace
}  // namespace bulkhead
