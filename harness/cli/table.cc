#include "harness/cli/table.h"

#include <algorithm>

#include "reports/text.h"

namespace bulkhead {
namespace {

constexpr std::size_t kLeastLast = 20;  // columns that are worth wrapping into

}  // namespace

std::string AlignColumns(const std::vector<std::vector<std::string>>& rows, int width) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], text::DisplayWidth(row[i]));
    }
  }
  std::string page;
  for (const auto& row : rows) {
    std::string line;
    std::size_t indent = 0;
    for (std::size_t i = 0; i + 1 < row.size(); ++i) {
      line += text::PadRight(row[i], widths[i]) + "  ";
      indent += widths[i] + 2;
    }
    if (row.empty()) continue;
    const auto total = static_cast<std::size_t>(std::max(width, 0));
    if (total < indent + kLeastLast) {
      page += line + row.back() + "\n";
      continue;
    }
    for (const std::string& part : text::Wrap(row.back(), total - indent)) {
      page += line + part + "\n";
      line.assign(indent, ' ');
    }
  }
  return page;
}

}  // namespace bulkhead
