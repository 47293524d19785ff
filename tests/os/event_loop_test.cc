#include "harness/os/event_loop.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <string>
#include <thread>
#include <vector>

namespace bulkhead::os {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct Pipe {
  Pipe() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("pipe2");
    out.Reset(ends[0]);
    in.Reset(ends[1]);
  }
  void Fill() const { ASSERT_EQ(write(in.get(), "x", 1), 1); }
  UniqueFd out, in;
};

EventLoop MakeLoop() {
  Expected<EventLoop> loop = EventLoop::Create();
  if (!loop) throw std::runtime_error(loop.error().message);
  return std::move(*loop);
}

class Loop : public testing::Test {
 protected:
  void Turn() { ASSERT_TRUE(loop_.RunOnce()); }

  EventLoop loop_ = MakeLoop();
  std::vector<std::string> seen_;
};

TEST_F(Loop, CallsForWhatIsReadableOnly) {
  Pipe full, empty;
  full.Fill();
  ASSERT_TRUE(loop_.Watch(full.out.get(), [&] { seen_.push_back("full"); }));
  ASSERT_TRUE(loop_.Watch(empty.out.get(), [&] { seen_.push_back("empty"); }));
  Turn();
  EXPECT_THAT(seen_, ElementsAre("full"));
}

TEST_F(Loop, CallsAgainUntilItWasRead) {
  Pipe pipe;
  pipe.Fill();
  ASSERT_TRUE(loop_.Watch(pipe.out.get(), [&] { seen_.push_back("readable"); }));
  Turn();
  Turn();
  EXPECT_EQ(seen_.size(), 2u);
}

TEST_F(Loop, AHangUpIsAnEvent) {
  Pipe pipe;
  pipe.in.Reset();
  ASSERT_TRUE(loop_.Watch(pipe.out.get(), [&] { seen_.push_back("hang-up"); }));
  Turn();
  EXPECT_THAT(seen_, ElementsAre("hang-up"));
}

TEST_F(Loop, WhatWasForgottenInTheSameBatchGetsNoEvent) {
  std::array<Pipe, 8> pipes;
  for (const Pipe& pipe : pipes) {
    pipe.Fill();
    ASSERT_TRUE(loop_.Watch(pipe.out.get(), [&] {
      seen_.push_back("one");
      for (const Pipe& other : pipes) loop_.Forget(other.out.get());
    }));
  }
  Turn();
  EXPECT_THAT(seen_, ElementsAre("one"));
  EXPECT_TRUE(loop_.idle());
}

TEST_F(Loop, ANumberThatWasOpenedAgainInheritsNoEvent) {
  Pipe first, second, fresh;
  first.Fill();
  second.Fill();
  // Whichever comes first closes the other and puts an empty pipe in its place.
  const auto replace = [&](const Pipe& other) {
    seen_.push_back("old");
    const int number = other.out.get();
    loop_.Forget(number);
    ASSERT_EQ(dup3(fresh.out.get(), number, O_CLOEXEC), number);
    ASSERT_TRUE(loop_.Watch(number, [&] { seen_.push_back("new"); }));
  };
  ASSERT_TRUE(loop_.Watch(first.out.get(), [&] { replace(second); }));
  ASSERT_TRUE(loop_.Watch(second.out.get(), [&] { replace(first); }));
  Turn();
  EXPECT_THAT(seen_, ElementsAre("old"));
}

TEST_F(Loop, ACallbackMayForgetItself) {
  Pipe pipe;
  pipe.Fill();
  const std::string kept(100, 'x');
  ASSERT_TRUE(loop_.Watch(pipe.out.get(), [this, &pipe, kept] {
    loop_.Forget(pipe.out.get());
    seen_.push_back(kept);  // what it captured is still there
  }));
  Turn();
  EXPECT_THAT(seen_, ElementsAre(kept));
  EXPECT_TRUE(loop_.idle());
}

TEST_F(Loop, ForgettingAStrangerIsNothing) {
  loop_.Forget(12345);
  EXPECT_TRUE(loop_.idle());
}

TEST_F(Loop, WatchingNothingIsAnError) {
  EXPECT_FALSE(loop_.Watch(-1, [] {}));
}

TEST_F(Loop, DeadlinesComeInTheOrderOfTheirTimes) {
  const Nanoseconds now = Now();
  loop_.At(now - 1, [&] { seen_.push_back("third"); });
  loop_.At(now - 3, [&] { seen_.push_back("first"); });
  loop_.At(now - 2, [&] { seen_.push_back("second"); });
  Turn();
  EXPECT_THAT(seen_, ElementsAre("first", "second", "third"));
}

TEST_F(Loop, EqualDeadlinesComeInTheOrderOfTheirSetting) {
  const Nanoseconds now = Now();
  loop_.At(now, [&] { seen_.push_back("first"); });
  loop_.At(now, [&] { seen_.push_back("second"); });
  Turn();
  EXPECT_THAT(seen_, ElementsAre("first", "second"));
}

TEST_F(Loop, ADeadlineIsNotEarlyAndComesOnce) {
  Pipe pipe;
  pipe.Fill();
  ASSERT_TRUE(loop_.Watch(pipe.out.get(), [] {}));  // wakes the loop in each turn
  const Nanoseconds when = Now() + 20 * kMillisecond;
  bool early = false;
  loop_.At(when, [&] {
    early = Now() < when;
    seen_.push_back("due");
  });
  while (seen_.empty()) Turn();
  EXPECT_FALSE(early);
  Turn();
  EXPECT_EQ(seen_.size(), 1u);
}

TEST_F(Loop, ACancelledDeadlineNeverComes) {
  const EventLoop::TimerId cancelled = loop_.At(Now() - 2, [&] { seen_.push_back("cancelled"); });
  loop_.At(Now() - 1, [&] { seen_.push_back("kept"); });
  loop_.Cancel(cancelled);
  loop_.Cancel(cancelled);
  loop_.Cancel(0);
  Turn();
  EXPECT_THAT(seen_, ElementsAre("kept"));
}

TEST_F(Loop, ADeadlineMayCancelTheNextThatIsDueToo) {
  EventLoop::TimerId second = 0;
  loop_.At(Now() - 2, [&] { loop_.Cancel(second); });
  second = loop_.At(Now() - 1, [&] { seen_.push_back("second"); });
  Turn();
  EXPECT_THAT(seen_, IsEmpty());
  EXPECT_TRUE(loop_.idle());
}

TEST_F(Loop, WhatHasArrivedInTimeComesBeforeTheDeadline) {
  Pipe pipe;
  pipe.Fill();
  loop_.At(Now() - kSecond, [&] { seen_.push_back("deadline"); });
  ASSERT_TRUE(loop_.Watch(pipe.out.get(), [&] { seen_.push_back("event"); }));
  Turn();
  EXPECT_THAT(seen_, ElementsAre("event", "deadline"));
}

TEST_F(Loop, AnotherThreadCanWakeItFromAnEndlessWait) {
  std::thread other([&] { loop_.Wake(); });
  Turn();  // without the wake-up this test would not end
  other.join();
  EXPECT_THAT(seen_, IsEmpty());
}

}  // namespace
}  // namespace bulkhead::os
