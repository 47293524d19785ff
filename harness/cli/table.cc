#include "harness/cli/table.h"

#include <algorithm>

#include "reports/text.h"

namespace bulkhead {
namespace {

constexpr std::size_t kLeastLast = 30;   // columns that are worth wrapping into
constexpr std::size_t kBelowIndent = 4;  // of a last column that has its own lines

// `text` behind `head`, wrapped below itself within `width` columns.
void AppendWrapped(std::string& page, std::string head, const std::string& text,
                   std::size_t width) {
  const std::size_t indent = text::DisplayWidth(head);
  for (const std::string& part : text::Wrap(text, std::max(width, indent + 1) - indent)) {
    page += head + part + "\n";
    head.assign(indent, ' ');
  }
}

}  // namespace

std::string AlignColumns(const std::vector<std::vector<std::string>>& rows, int width) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], text::DisplayWidth(row[i]));
    }
  }
  // The first `count` columns, each filled up.
  const auto head = [&](const std::vector<std::string>& row, std::size_t count) {
    std::string line;
    for (std::size_t i = 0; i < count; ++i) line += text::PadRight(row[i], widths[i]) + "  ";
    return line;
  };
  const auto total = static_cast<std::size_t>(std::max(width, 0));
  std::string page;
  for (const auto& row : rows) {
    if (row.empty()) continue;
    const std::size_t last = row.size() - 1;
    const std::string line = head(row, last);
    if (total == 0) {
      page += line + row.back() + "\n";
    } else if (last == 0 || total >= text::DisplayWidth(line) + kLeastLast) {
      AppendWrapped(page, line, row.back(), total);
    } else {
      AppendWrapped(page, head(row, last - 1), row[last - 1], total);
      AppendWrapped(page, std::string(kBelowIndent, ' '), row.back(), total);
    }
  }
  return page;
}

}  // namespace bulkhead
