#include "harness/cli/table.h"

#include <gtest/gtest.h>

#include <sstream>

#include "reports/text.h"

namespace bulkhead {
namespace {

const std::vector<std::vector<std::string>> kRows{
    {"NAME", "KIND", "WHAT"},
    {"a-rather-long-name", "fault", "Stores through a null pointer, which no process survives."},
};

TEST(Table, WithoutAWidthARowIsALine) {
  EXPECT_EQ(
      AlignColumns(kRows, 0),
      "NAME                KIND   WHAT\n"
      "a-rather-long-name  fault  Stores through a null pointer, which no process survives.\n");
}

TEST(Table, TheLastColumnIsWrappedBelowItself) {
  EXPECT_EQ(AlignColumns({kRows[1]}, 60),
            "a-rather-long-name  fault  Stores through a null pointer,\n"
            "                           which no process survives.\n");
}

TEST(Table, WhereLittleIsLeftTheLastColumnHasLinesOfItsOwn) {
  EXPECT_EQ(AlignColumns({kRows[1]}, 40),
            "a-rather-long-name  fault\n"
            "    Stores through a null pointer, which\n"
            "    no process survives.\n");
}

TEST(Table, NoLineIsWiderThanAskedFor) {
  for (int width = 30; width < 100; ++width) {
    std::istringstream page(AlignColumns(kRows, width));
    for (std::string line; std::getline(page, line);) {
      EXPECT_LE(text::DisplayWidth(line), static_cast<std::size_t>(width)) << line;
    }
  }
}

}  // namespace
}  // namespace bulkhead
