#include "harness/os/channel.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <string>

#include "harness/os/process_table.h"

namespace bulkhead::os {
namespace {

std::span<const std::byte> Bytes(std::string_view text) { return std::as_bytes(std::span(text)); }

class Channel : public testing::Test {
 protected:
  Channel() {
    auto made = MakeChannel();
    if (!made) throw std::runtime_error(made.error().message);
    near_ = std::move(made->first);
    far_ = std::move(made->second);
  }
  Received Get(int end, std::vector<UniqueFd>* descriptors = nullptr) {
    std::size_t size = 0;
    const Received received =
        Receive(end, std::as_writable_bytes(std::span(buffer_)), size, descriptors);
    text_.assign(buffer_.data(), size);
    return received;
  }

  UniqueFd near_, far_;
  std::array<char, 64> buffer_{};
  std::string text_;
};

TEST_F(Channel, KeepsTheBordersOfMessages) {
  ASSERT_TRUE(Send(far_.get(), Bytes("one")));
  ASSERT_TRUE(Send(far_.get(), Bytes("second")));
  EXPECT_EQ(Get(near_.get()), Received::kMessage);
  EXPECT_EQ(text_, "one");
  EXPECT_EQ(Get(near_.get()), Received::kMessage);
  EXPECT_EQ(text_, "second");
  EXPECT_EQ(Get(near_.get()), Received::kNothing);
}

TEST_F(Channel, WorksInBothDirections) {
  ASSERT_TRUE(Send(near_.get(), Bytes("down")));
  EXPECT_EQ(Get(far_.get()), Received::kMessage);
  EXPECT_EQ(text_, "down");
}

TEST_F(Channel, WhatWasSentBeforeTheCloseIsStillReceived) {
  ASSERT_TRUE(Send(far_.get(), Bytes("last words")));
  far_.Reset();
  EXPECT_EQ(Get(near_.get()), Received::kMessage);
  EXPECT_EQ(text_, "last words");
  EXPECT_EQ(Get(near_.get()), Received::kClosed);
}

TEST_F(Channel, AMessageLargerThanTheBufferIsSaidToBe) {
  ASSERT_TRUE(Send(far_.get(), Bytes(std::string(buffer_.size() + 1, 'x'))));
  ASSERT_TRUE(Send(far_.get(), Bytes("next")));
  EXPECT_EQ(Get(near_.get()), Received::kTooLarge);
  EXPECT_EQ(Get(near_.get()), Received::kMessage) << "its rest is not taken for a message";
  EXPECT_EQ(text_, "next");
}

TEST_F(Channel, AMessageOfTheBuffersSizeFits) {
  ASSERT_TRUE(Send(far_.get(), Bytes(std::string(buffer_.size(), 'x'))));
  EXPECT_EQ(Get(near_.get()), Received::kMessage);
  EXPECT_EQ(text_.size(), buffer_.size());
}

TEST_F(Channel, AClosedPeerIsAnErrorAndNoSignal) {
  far_.Reset();
  std::signal(SIGPIPE, SIG_DFL);
  EXPECT_FALSE(Send(near_.get(), Bytes("anybody?")));
  EXPECT_EQ(errno, EPIPE);
}

TEST_F(Channel, AFullQueueDoesNotBlockTheNearEnd) {
  const std::string text(1024, 'x');
  int sent = 0;
  while (Send(near_.get(), Bytes(text))) ASSERT_LT(++sent, 100'000);
  EXPECT_EQ(errno, EAGAIN);
  EXPECT_GT(sent, 0);
}

TEST_F(Channel, DescriptorsArriveAsTheSameFileInOrder) {
  std::array<UniqueFd, 3> files;
  std::vector<int> numbers;
  for (UniqueFd& file : files) {
    int ends[2];
    ASSERT_EQ(pipe2(ends, O_CLOEXEC), 0);
    close(ends[1]);
    file.Reset(ends[0]);
    numbers.push_back(file.get());
  }
  ASSERT_TRUE(Send(far_.get(), Bytes("three"), numbers));
  std::vector<UniqueFd> got;
  EXPECT_EQ(Get(near_.get(), &got), Received::kMessage);
  ASSERT_EQ(got.size(), files.size());
  for (std::size_t i = 0; i < got.size(); ++i) {
    struct stat sent {
    }, received{};
    ASSERT_EQ(fstat(files[i].get(), &sent), 0);
    ASSERT_EQ(fstat(got[i].get(), &received), 0);
    EXPECT_EQ(sent.st_ino, received.st_ino);
    EXPECT_NE(fcntl(got[i].get(), F_GETFD) & FD_CLOEXEC, 0);
  }
}

TEST_F(Channel, DescriptorsThatNobodyWantsAreClosed) {
  const std::array<int, 2> numbers{near_.get(), far_.get()};
  ASSERT_TRUE(Send(far_.get(), Bytes("keep them"), numbers));
  ASSERT_TRUE(Send(far_.get(), Bytes(std::string(buffer_.size() + 1, 'x')), numbers));
  const std::size_t before = OpenDescriptors();
  EXPECT_EQ(Get(near_.get()), Received::kMessage);
  EXPECT_EQ(Get(near_.get()), Received::kTooLarge);
  EXPECT_EQ(OpenDescriptors(), before);
}

TEST_F(Channel, MoreDescriptorsThanAMessageTakesAreRefused) {
  const std::vector<int> numbers(65, near_.get());
  EXPECT_FALSE(Send(far_.get(), Bytes("too many"), numbers));
  EXPECT_EQ(errno, E2BIG);
}

TEST_F(Channel, EndsAreCloseOnExecAndOnlyTheNearDoesNotBlock) {
  for (const int end : {near_.get(), far_.get()}) {
    EXPECT_NE(fcntl(end, F_GETFD) & FD_CLOEXEC, 0);
  }
  EXPECT_NE(fcntl(near_.get(), F_GETFL) & O_NONBLOCK, 0);
  EXPECT_EQ(fcntl(far_.get(), F_GETFL) & O_NONBLOCK, 0);
}

}  // namespace
}  // namespace bulkhead::os
