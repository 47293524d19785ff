// One row of a CSV document (RFC 4180): columns separated by commas, quoted where they must be, the
// row ended by CR LF.  Foreign text is one line, and no spreadsheet takes it for a formula.
//
// Runs in: anywhere.
#ifndef BULKHEAD_REPORTS_CSV_ROW_H_
#define BULKHEAD_REPORTS_CSV_ROW_H_

#include <fmt/format.h>

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "reports/text.h"

namespace bulkhead {

class CsvRow {
 public:
  // Text of others.  What a spreadsheet would calculate gets an apostrophe in front.
  CsvRow& Foreign(std::string_view text) {
    std::string line = text::OneLine(text);
    const std::size_t first = line.find_first_not_of(' ');
    if (first != std::string::npos &&
        std::string_view("=+-@").find(line[first]) != std::string_view::npos) {
      line.insert(0, "'");
    }
    return Put(line);
  }
  // A name of our own.
  CsvRow& Word(std::string_view word) { return Put(word); }
  CsvRow& Yes(bool yes) { return Put(yes ? "yes" : "no"); }
  CsvRow& Yes(std::optional<bool> yes) { return yes ? Yes(*yes) : Nothing(); }
  // With a dot, and as many digits as needed to read the same number again.
  template <typename Value>
  requires std::integral<Value> || std::floating_point<Value> CsvRow& Number(Value number) {
    return Put(fmt::format("{}", number));
  }
  template <typename Value>
  CsvRow& Number(const std::optional<Value>& number) {
    return number ? Number(*number) : Nothing();
  }
  CsvRow& Nothing() { return Put(""); }

  std::string Take() { return std::move(text_) + "\r\n"; }

 private:
  CsvRow& Put(std::string_view value) {
    if (!first_) text_ += ',';
    first_ = false;
    if (value.find_first_of(",\"") == std::string_view::npos) {
      text_ += value;
      return *this;
    }
    text_ += '"';
    for (const char c : value) {
      if (c == '"') text_ += '"';
      text_ += c;
    }
    text_ += '"';
    return *this;
  }

  std::string text_;
  bool first_ = true;
};

// The row of titles: names of our own, separated by commas.
inline std::string CsvHead(std::string_view titles) { return std::string(titles) + "\r\n"; }

}  // namespace bulkhead

#endif  // BULKHEAD_REPORTS_CSV_ROW_H_
