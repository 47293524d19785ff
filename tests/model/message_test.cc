#include "harness/model/message.h"

#include <gtest/gtest.h>

namespace bulkhead {
namespace {

TEST(Message, PlacesAreFilledInTurnOrByNumber) {
  EXPECT_EQ(Fill("{} of {}", {"2", "3"}), "2 of 3");
  EXPECT_EQ(Fill("{1}: {0}", {"a", "b"}), "b: a");
  EXPECT_EQ(Fill("nothing", {"a"}), "nothing");
  EXPECT_EQ(Fill("{} {}", {"one"}), "one ");
  EXPECT_EQ(Fill("open {", {}), "open {");
}

TEST(Message, WhatStandsInAPlaceIsNoPattern) {
  EXPECT_EQ(Say("{} and {}", "{}", "{0}").English(), "{} and {0}");
}

TEST(Message, CountsAreGrouped) {
  EXPECT_EQ(Message::Count(14352), "14,352");
  EXPECT_EQ(Message::Count(1234567), "1,234,567");
  EXPECT_EQ(Message::Count(999), "999");
}

TEST(Message, EnglishHasTwoForms) {
  const auto trials = [](std::uint64_t n) {
    return SayPlural("{} trial", "{} trials", n, Message::Count(n)).English();
  };
  EXPECT_EQ(trials(0), "0 trials");
  EXPECT_EQ(trials(1), "1 trial");
  EXPECT_EQ(trials(2000), "2,000 trials");
}

TEST(Message, MessagesStandInMessages) {
  const Message inner = Say("the victim exited {}", "0");
  EXPECT_EQ(Say("{}, expected {}", inner, "SIGSEGV"), "the victim exited 0, expected SIGSEGV");
  EXPECT_TRUE(Message().empty());
}

}  // namespace
}  // namespace bulkhead
