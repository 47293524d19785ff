// Each format of the sample is compared with its approved file.  tests/golden/approve rewrites
// them.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "reports/writer.h"
#include "tests/reports/sample_report.h"
#include "tests/reports/written.h"

namespace bulkhead {
namespace {

void Approve(const std::string& name, const std::string& text) {
  const std::string path = std::string(BULKHEAD_SOURCE_DIR) + "/tests/golden/" + name + ".approved";
  const char* approve = std::getenv("BULKHEAD_APPROVE");
  if (approve && std::string(approve) == "1") {
    std::ofstream(path, std::ios::binary) << text;
    return;
  }
  std::ifstream file(path, std::ios::binary);
  ASSERT_TRUE(file) << path << " is missing; tests/golden/approve makes it";
  const std::string approved{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(approved, text) << "if this is meant, run tests/golden/approve";
}

TEST(Golden, TerminalIn80Columns) {
  Approve("terminal-80.txt", WriteTerminal(sample::Sample(), {}).text);
}

TEST(Golden, TerminalInColor) {
  Approve("terminal-color.txt", WriteTerminal(sample::Sample(), {.color = true}).text);
}

TEST(Golden, TerminalVerboseIn100ColumnsInIndonesian) {
  Approve("terminal-verbose-id.txt",
          WriteTerminal(sample::Sample(), {.width = 100, .language = "id", .verbose = true}).text);
}

// A new format is under it as soon as it is in the table.
TEST(Golden, EveryFormatWithAFile) {
  for (const Writer& writer : Writers()) {
    if (writer.file_name.empty()) continue;
    Approve(std::string(writer.file_name), sample::Written(writer, sample::Sample()));
    if (writer.write == nullptr) continue;
    for (const File& file : writer.write(sample::Sample(), {}).beside) {
      // Figures are those of the pages.
      if (!file.name.starts_with("figures/")) Approve(file.name, file.bytes);
    }
  }
}

TEST(Golden, JunitOfCells) {
  Approve("junit-cells.xml", WriteJunit(sample::Sample(), {.junit_cells = true}).text);
}

}  // namespace
}  // namespace bulkhead
