#include "reports/lab/latex_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <utility>

#include "reports/text.h"

namespace bulkhead::lab::latex {
namespace {

struct Spelling {
  char32_t character;
  std::string_view latex;
};

// Characters that mean something to LaTeX, or that T1 fonts have under a name alone.
constexpr auto kSpellings = std::to_array<Spelling>({
    {U'\\', "\\textbackslash{}"},
    {U'{', "\\{"},
    {U'}', "\\}"},
    {U'$', "\\$"},
    {U'&', "\\&"},
    {U'#', "\\#"},
    {U'%', "\\%"},
    {U'_', "\\_"},
    {U'^', "\\textasciicircum{}"},
    {U'~', "\\textasciitilde{}"},
    {U'<', "\\textless{}"},
    {U'>', "\\textgreater{}"},
    {U'|', "\\textbar{}"},
    {U'"', "\\textquotedbl{}"},
    {U'`', "\\textasciigrave{}"},
    {U'\'', "\\textquotesingle{}"},
    {U'-', "-{}"},  // two of them are no dash
    {U'[', "{[}"},  // nor is one the option of a command before it
    {U']', "{]}"},
    {U'\u00a0', "~"},
    {U'\u00ad', "\\-"},
    {U'–', "\\textendash{}"},
    {U'—', "\\textemdash{}"},
    {U'‘', "\\textquoteleft{}"},
    {U'’', "\\textquoteright{}"},
    {U'“', "\\textquotedblleft{}"},
    {U'”', "\\textquotedblright{}"},
    {U'…', "\\dots{}"},
    {U'≤', "$\\leq$"},
    {U'≥', "$\\geq$"},
    {U'−', "$-$"},
    {U'→', "$\\rightarrow$"},
    {U'✔', "$\\checkmark$"},
    {U'✘', "$\\times$"},
    {U'◐', "$\\circ$"},
});

// Of Latin Extended-A, what T1 has no letter for.
constexpr std::u32string_view kNotInT1 = U"\u0126\u0127\u0138\u013f\u0140\u0149\u0166\u0167";

// The next character of valid UTF-8.
char32_t Next(std::string_view& utf8) {
  const auto first = static_cast<unsigned char>(utf8.front());
  const int more = first < 0x80 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
  char32_t character = more == 0 ? first : first & (0x3fu >> more);
  utf8.remove_prefix(1);
  for (int i = 0; i < more && !utf8.empty(); ++i) {
    character = character << 6 | (static_cast<unsigned char>(utf8.front()) & 0x3fu);
    utf8.remove_prefix(1);
  }
  return character;
}

std::string Spelt(char32_t character, std::string_view utf8) {
  const auto found = std::ranges::find(kSpellings, character, &Spelling::character);
  if (found != kSpellings.end()) return std::string(found->latex);
  const bool in_t1 = character < 0x180 && kNotInT1.find(character) == std::u32string_view::npos;
  if (in_t1) return std::string(utf8);
  return fmt::format("{{[}}U+{:04X}{{]}}", static_cast<std::uint32_t>(character));
}

bool IsWord(char32_t character) {
  return character < 0x80 && std::isalnum(static_cast<int>(character)) != 0;
}

}  // namespace

std::string Escape(std::string_view foreign) {
  const std::string line = text::OneLine(foreign);
  std::string out;
  for (std::string_view rest = line; !rest.empty();) {
    const std::string_view before = rest;
    const char32_t character = Next(rest);
    out += Spelt(character, before.substr(0, before.size() - rest.size()));
  }
  return out;
}

std::string Typewriter(std::string_view foreign) {
  constexpr int kMostUnbroken = 16;  // a digest is one word of 64
  const std::string line = text::OneLine(foreign);
  std::string out = "\\texttt{";
  int unbroken = 0;
  for (std::string_view rest = line; !rest.empty();) {
    const std::string_view before = rest;
    const char32_t character = Next(rest);
    out += Spelt(character, before.substr(0, before.size() - rest.size()));
    unbroken = IsWord(character) ? unbroken + 1 : kMostUnbroken;
    if (unbroken < kMostUnbroken || rest.empty()) continue;
    out += "\\allowbreak{}";
    unbroken = 0;
  }
  return out + "}";
}

MacroNames::Macro MacroNames::Of(std::string_view name, std::string_view value) {
  static constexpr std::array<std::string_view, 10> kDigits{
      "Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"};
  const auto [known, is_new] =
      known_.try_emplace({std::string(name), std::string(value)}, std::string());
  if (!is_new) return {known->second, false};
  std::string macro = "bh";
  bool starts_word = true;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (c >= '0' && c <= '9') {
      macro += kDigits[static_cast<std::size_t>(c - '0')];
      starts_word = true;
    } else if (byte < 0x80 && std::isalpha(byte) != 0) {
      macro += starts_word ? static_cast<char>(std::toupper(byte)) : c;
      starts_word = false;
    } else {
      starts_word = true;
    }
  }
  while (!taken_.insert(macro).second) macro += "Again";
  known->second = macro;
  return {std::move(macro), true};
}

}  // namespace bulkhead::lab::latex
