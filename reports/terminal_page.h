// The page of the terminal format, line by line: text in columns first, colour added to finished
// pieces, so that it never moves anything.  Internal to that format (terminal*.cc).
//
// Runs in: anywhere.  Every line is kept within the asked width.
#ifndef BULKHEAD_REPORTS_TERMINAL_PAGE_H_
#define BULKHEAD_REPORTS_TERMINAL_PAGE_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/model/run_report.h"
#include "reports/translator.h"
#include "reports/writer.h"

namespace bulkhead {

enum class Ink { kPlain, kStrong, kFaint, kGood, kBad, kOpen, kMixed };
Ink InkOf(Outcome outcome);

class TerminalPage {
 public:
  explicit TerminalPage(const WriteOptions& options);

  const Translator tr;
  std::size_t width() const { return width_; }
  std::string Take() { return std::move(out_); }

  // One finished line; `plain` is already narrow enough.
  void Line(std::string_view plain = "") { out_.append(plain) += '\n'; }
  std::string Paint(std::string_view plain, Ink ink) const;
  void Text(std::string_view text, std::size_t indent, Ink ink = Ink::kPlain);
  // "  label     text", following lines under the text.  An empty label continues the one above.
  void Labelled(std::string_view label, std::string_view text);
  // The same for what is typed into a shell: what is broken over lines can be copied as it stands.
  void Command(std::string_view label, std::string_view command);
  std::size_t label_width() const { return label_width_; }  // columns before that text
  void Heading(std::string_view title);
  // "── title ─────" over the whole width; `ink` colours the title.
  void Rule(std::string_view title, Ink ink);

 private:
  void Beside(std::string_view label, const std::vector<std::string>& lines);

  std::size_t width_;
  std::size_t label_width_ = 0;
  bool color_;
  std::string out_;
};

// terminal_attention.cc: one claim that needs attention, with its evidence and what to do next.
void WriteAttention(const RunReport& report, std::size_t index, const WriteOptions& options,
                    TerminalPage& page);
// One cell and its numbers, "✘ violated null-store/thread: found in 20 of 20 counted trials ...".
std::string CellLine(const CellResult& cell, const Translator& tr);

}  // namespace bulkhead

#endif  // BULKHEAD_REPORTS_TERMINAL_PAGE_H_
