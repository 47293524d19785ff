#include "harness/observe/output_observer.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace bulkhead {
namespace {

class Output : public testing::Test {
 protected:
  void Write(const std::string& text) {
    ASSERT_EQ(write(output_.write_end(), text.data(), text.size()),
              static_cast<ssize_t>(text.size()));
  }
  OutputObserver output_ = OutputObserver::Create().value();
};

TEST_F(Output, IsTakenOnce) {
  Write("hello");
  EXPECT_TRUE(output_.Drain());
  EXPECT_EQ(output_.Take(), "hello");
  EXPECT_EQ(output_.Take(), "");
}

TEST_F(Output, OfNothingDoesNotBlock) {
  EXPECT_TRUE(output_.Drain());
  EXPECT_EQ(output_.Take(), "");
}

TEST_F(Output, BeyondTheExcerptIsCounted) {
  for (int i = 0; i < 3; ++i) {
    Write(std::string(4000, 'x'));
    EXPECT_TRUE(output_.Drain());
  }
  const std::string text = output_.Take();
  EXPECT_TRUE(text.starts_with(std::string(4096, 'x')));
  EXPECT_TRUE(text.ends_with("\n[7904 more bytes]"));
  Write("next");
  output_.Drain();
  EXPECT_EQ(output_.Take(), "next") << "the count belongs to what was taken";
}

TEST_F(Output, EndsWhenNobodyHoldsIt) {
  Write("last");
  output_.CloseWriteEnd();
  EXPECT_FALSE(output_.Drain());
  EXPECT_EQ(output_.Take(), "last");
}

}  // namespace
}  // namespace bulkhead
