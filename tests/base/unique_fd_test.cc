#include "harness/base/unique_fd.h"

#include <fcntl.h>
#include <gtest/gtest.h>

namespace bulkhead {
namespace {

int Open() { return open("/dev/null", O_RDONLY | O_CLOEXEC); }
bool IsOpen(int fd) { return fcntl(fd, F_GETFD) >= 0; }

TEST(UniqueFd, ClosesItsOwn) {
  const int number = Open();
  { UniqueFd fd(number); }
  EXPECT_FALSE(IsOpen(number));
}

TEST(UniqueFd, MovesOwnership) {
  UniqueFd one(Open());
  const int number = one.get();
  UniqueFd two(std::move(one));
  EXPECT_FALSE(one);  // NOLINT(bugprone-use-after-move): empty after a move is promised
  EXPECT_EQ(two.get(), number);
  UniqueFd three(Open());
  const int replaced = three.get();
  three = std::move(two);
  EXPECT_FALSE(IsOpen(replaced));
  EXPECT_TRUE(IsOpen(number));
}

TEST(UniqueFd, ReleasedIsNotClosed) {
  UniqueFd fd(Open());
  const int number = fd.Release();
  fd.Reset();
  EXPECT_TRUE(IsOpen(number));
  close(number);
}

}  // namespace
}  // namespace bulkhead
