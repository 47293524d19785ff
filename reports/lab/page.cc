#include "reports/lab/page.h"

#include <algorithm>

namespace bulkhead::lab {

Piece Plain(std::string text) { return {Piece::Style::kPlain, std::move(text), ""}; }
Piece Strong(std::string text) { return {Piece::Style::kStrong, std::move(text), ""}; }
Piece Code(std::string text) { return {Piece::Style::kCode, std::move(text), ""}; }
Piece Value(std::string name, std::string text) {
  return {Piece::Style::kPlain, std::move(text), std::move(name)};
}

Line Prose(std::string_view text) {
  Line line;
  for (bool code = false;; code = !code) {
    const std::size_t end = text.find('`');
    const std::string part(text.substr(0, end));
    if (!part.empty()) line.push_back(code ? Code(part) : Plain(part));
    if (end == std::string_view::npos) return line;
    text.remove_prefix(end + 1);
  }
}

std::string FileOf(const charts::Figure& figure) { return "figures/" + figure.id + ".svg"; }

std::vector<const charts::Figure*> PicturesOf(const Page& page) {
  std::vector<const charts::Figure*> pictures;
  for (const Section& section : page.sections) {
    for (const Block& block : section.blocks) {
      if (const auto* picture = std::get_if<Picture>(&block)) pictures.push_back(&picture->figure);
    }
  }
  return pictures;
}

Table WithoutEmptyColumns(Table table) {
  const auto empty = [](const Line& cell) {
    return std::ranges::all_of(cell, [](const Piece& piece) { return piece.text.empty(); });
  };
  for (std::size_t column = table.head.size(); column-- > 0;) {
    const auto here = static_cast<std::ptrdiff_t>(column);
    if (!std::ranges::all_of(table.rows, empty, [=](const auto& row) { return row[column]; })) {
      continue;
    }
    table.head.erase(table.head.begin() + here);
    for (auto& row : table.rows) row.erase(row.begin() + here);
  }
  return table;
}

bool IsNumeric(const Table& table, std::size_t column) {
  bool any = false;
  for (const auto& row : table.rows) {
    const Line& cell = row[column];
    if (cell.empty()) continue;
    if (cell.size() != 1 || cell[0].name.empty()) return false;
    if (cell[0].text.find_first_of("0123456789") == std::string::npos && cell[0].text != "–") {
      return false;
    }
    any = true;
  }
  return any;
}

}  // namespace bulkhead::lab
