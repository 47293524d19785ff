// Text as columns of a terminal, and foreign text made harmless.  UTF-8 in, valid UTF-8 out, no
// locale: wcwidth(3) would need one.
//
// Runs in: anywhere.  Pure functions.
// Source of the widths: Unicode 15.0, EastAsianWidth.txt (W and F), reduced to ranges.
#ifndef BULKHEAD_REPORTS_TEXT_H_
#define BULKHEAD_REPORTS_TEXT_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace bulkhead::text {

// One harmless line of whatever somebody else wrote: invalid UTF-8 becomes U+FFFD; newlines and
// tabs become spaces; other C0 controls and DEL become their pictures (ESC: U+241B), so that escape
// sequences are seen and not obeyed; C1 controls and marks that turn the direction of writing
// become U+FFFD.
std::string OneLine(std::string_view foreign);
// The same for text of several lines; each line without its newline.
std::vector<std::string> Lines(std::string_view foreign);

// Columns that valid UTF-8 takes on a terminal: 0 for combining marks, 2 for wide characters.
std::size_t DisplayWidth(std::string_view utf8);

// At most `width` columns; what is cut off is shown as "…".
std::string Clip(std::string_view utf8, std::size_t width);
// Filled up with spaces to `width` columns; longer text stays as it is.
std::string PadRight(std::string_view utf8, std::size_t width);
std::string PadLeft(std::string_view utf8, std::size_t width);
// Lines of at most `width` columns, broken at spaces where there are any.  Never empty.
std::vector<std::string> Wrap(std::string_view utf8, std::size_t width);

}  // namespace bulkhead::text

#endif  // BULKHEAD_REPORTS_TEXT_H_
