#include "reports/text.h"

#include <algorithm>
#include <cstdint>
#include <span>

namespace bulkhead::text {
namespace {

constexpr char32_t kReplacement = 0xfffd;

struct Range {
  char32_t first, last;
};

constexpr Range kZeroWidth[] = {
    {0x0300, 0x036f},   {0x0483, 0x0489}, {0x0591, 0x05bd}, {0x05bf, 0x05bf}, {0x05c1, 0x05c2},
    {0x05c4, 0x05c5},   {0x0610, 0x061a}, {0x064b, 0x065f}, {0x0670, 0x0670}, {0x06d6, 0x06dc},
    {0x06df, 0x06e4},   {0x0e31, 0x0e31}, {0x0e34, 0x0e3a}, {0x0e47, 0x0e4e}, {0x1ab0, 0x1aff},
    {0x1dc0, 0x1dff},   {0x200b, 0x200d}, {0x20d0, 0x20ff}, {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f},
    {0xe0100, 0xe01ef},
};

constexpr Range kWide[] = {
    {0x1100, 0x115f},   {0x231a, 0x231b},   {0x2329, 0x232a},   {0x23e9, 0x23ec},
    {0x23f0, 0x23f0},   {0x23f3, 0x23f3},   {0x25fd, 0x25fe},   {0x2614, 0x2615},
    {0x2648, 0x2653},   {0x267f, 0x267f},   {0x2693, 0x2693},   {0x26a1, 0x26a1},
    {0x26aa, 0x26ab},   {0x26bd, 0x26be},   {0x26c4, 0x26c5},   {0x26ce, 0x26ce},
    {0x26d4, 0x26d4},   {0x26ea, 0x26ea},   {0x26f2, 0x26f3},   {0x26f5, 0x26f5},
    {0x26fa, 0x26fa},   {0x26fd, 0x26fd},   {0x2705, 0x2705},   {0x270a, 0x270b},
    {0x2728, 0x2728},   {0x274c, 0x274c},   {0x274e, 0x274e},   {0x2753, 0x2755},
    {0x2757, 0x2757},   {0x2795, 0x2797},   {0x27b0, 0x27b0},   {0x27bf, 0x27bf},
    {0x2b1b, 0x2b1c},   {0x2b50, 0x2b50},   {0x2b55, 0x2b55},   {0x2e80, 0x303e},
    {0x3041, 0x4dbf},   {0x4e00, 0xa4cf},   {0xa960, 0xa97f},   {0xac00, 0xd7a3},
    {0xf900, 0xfaff},   {0xfe10, 0xfe19},   {0xfe30, 0xfe6f},   {0xff00, 0xff60},
    {0xffe0, 0xffe6},   {0x16fe0, 0x18dff}, {0x1b000, 0x1b2ff}, {0x1f004, 0x1f004},
    {0x1f0cf, 0x1f0cf}, {0x1f18e, 0x1f18e}, {0x1f191, 0x1f19a}, {0x1f200, 0x1f64f},
    {0x1f680, 0x1f6ff}, {0x1f7e0, 0x1f7eb}, {0x1f900, 0x1f9ff}, {0x1fa70, 0x1faff},
    {0x20000, 0x3fffd},
};

bool Contains(std::span<const Range> ranges, char32_t point) {
  const auto after = std::upper_bound(ranges.begin(), ranges.end(), point,
                                      [](char32_t p, const Range& r) { return p < r.first; });
  return after != ranges.begin() && point <= std::prev(after)->last;
}

std::size_t WidthOf(char32_t point) {
  if (point < 0x300) return 1;
  if (Contains(kZeroWidth, point)) return 0;
  return Contains(kWide, point) ? 2 : 1;
}

// Takes one code point off the front; a wrong byte is one U+FFFD.
char32_t Take(std::string_view& rest) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(rest[i]); };
  const unsigned char first = byte(0);
  std::size_t length = 1;
  char32_t point = first, least = 0;
  if (first >= 0xf0 && first <= 0xf4) {
    length = 4, point = first & 0x07, least = 0x10000;
  } else if (first >= 0xe0 && first < 0xf0) {
    length = 3, point = first & 0x0f, least = 0x800;
  } else if (first >= 0xc2 && first < 0xe0) {
    length = 2, point = first & 0x1f, least = 0x80;
  } else if (first >= 0x80) {
    rest.remove_prefix(1);
    return kReplacement;
  }
  for (std::size_t i = 1; i < length; ++i) {
    if (i >= rest.size() || (byte(i) & 0xc0) != 0x80) {
      rest.remove_prefix(1);
      return kReplacement;
    }
    point = point << 6 | (byte(i) & 0x3f);
  }
  if (point < least || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) {
    rest.remove_prefix(1);
    return kReplacement;
  }
  rest.remove_prefix(length);
  return point;
}

void Put(std::string& out, char32_t point) {
  const auto tail = [&](int shift) {
    out += static_cast<char>(0x80 | (static_cast<std::uint32_t>(point) >> shift & 0x3f));
  };
  if (point < 0x80) {
    out += static_cast<char>(point);
  } else if (point < 0x800) {
    out += static_cast<char>(0xc0 | point >> 6);
    tail(0);
  } else if (point < 0x10000) {
    out += static_cast<char>(0xe0 | point >> 12);
    tail(6), tail(0);
  } else {
    out += static_cast<char>(0xf0 | point >> 18);
    tail(12), tail(6), tail(0);
  }
}

char32_t Harmless(char32_t point) {
  if (point == '\n' || point == '\t' || point == 0x2028 || point == 0x2029) return ' ';
  if (point < 0x20) return 0x2400 + point;
  if (point == 0x7f) return 0x2421;
  const bool c1 = point >= 0x80 && point < 0xa0;
  const bool turns = point == 0x061c || point == 0x200e || point == 0x200f ||
                     (point >= 0x202a && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069);
  return c1 || turns || point == 0xfeff ? kReplacement : point;
}

}  // namespace

std::string OneLine(std::string_view foreign) {
  std::string out;
  out.reserve(foreign.size());
  while (!foreign.empty()) Put(out, Harmless(Take(foreign)));
  return out;
}

std::vector<std::string> Lines(std::string_view foreign) {
  std::vector<std::string> lines;
  while (!foreign.empty()) {
    const std::size_t end = foreign.find('\n');
    std::string_view line = foreign.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(OneLine(line));
    foreign.remove_prefix(end == std::string_view::npos ? foreign.size() : end + 1);
  }
  return lines;
}

std::size_t DisplayWidth(std::string_view utf8) {
  std::size_t width = 0;
  while (!utf8.empty()) width += WidthOf(Take(utf8));
  return width;
}

std::string Clip(std::string_view utf8, std::size_t width) {
  if (DisplayWidth(utf8) <= width) return std::string(utf8);
  std::string out;
  std::size_t used = 0;
  while (!utf8.empty()) {
    const char32_t point = Take(utf8);
    used += WidthOf(point);
    if (used + 1 > width) break;
    Put(out, point);
  }
  return width == 0 ? "" : out + "…";
}

std::string PadRight(std::string_view utf8, std::size_t width) {
  const std::size_t used = DisplayWidth(utf8);
  return std::string(utf8) + std::string(width > used ? width - used : 0, ' ');
}

std::string PadLeft(std::string_view utf8, std::size_t width) {
  const std::size_t used = DisplayWidth(utf8);
  return std::string(width > used ? width - used : 0, ' ') + std::string(utf8);
}

std::vector<std::string> Wrap(std::string_view utf8, std::size_t width) {
  width = std::max<std::size_t>(width, 2);  // a wide character must fit
  std::vector<std::string> lines;
  std::string line;
  std::size_t used = 0;
  const auto flush = [&] {
    lines.push_back(std::move(line));
    line.clear();
    used = 0;
  };
  while (!utf8.empty()) {
    std::size_t end = std::min(utf8.find(' '), utf8.size());
    // A number and its % are one word.
    if (utf8.substr(end).starts_with(" %")) end = std::min(utf8.find(' ', end + 1), utf8.size());
    std::string_view word = utf8.substr(0, end);
    utf8.remove_prefix(std::min(end + 1, utf8.size()));
    if (word.empty()) continue;
    const std::size_t wide = DisplayWidth(word);
    if (used > 0 && used + 1 + wide > width) flush();
    if (used > 0) line += ' ', ++used;
    while (!word.empty()) {
      const char32_t point = Take(word);
      if (used + WidthOf(point) > width) flush();
      Put(line, point);
      used += WidthOf(point);
    }
  }
  if (used > 0 || lines.empty()) flush();
  return lines;
}

}  // namespace bulkhead::text
