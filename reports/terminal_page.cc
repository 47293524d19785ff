#include "reports/terminal_page.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/text.h"

namespace bulkhead {
namespace {

constexpr std::size_t kLeast = 60;  // columns

// What stands before the text of labelled lines, whatever the language.
std::size_t WidthOfLabels(const Translator& tr) {
  std::size_t width = 0;
  for (const std::string_view label :
       {tr("claim"), tr("source"), tr("why"), tr("expected"), tr("cells"), tr("evidence"),
        tr("controls"), tr("next"), tr("holds in"), tr("fails in")}) {
    width = std::max(width, text::DisplayWidth(label));
  }
  return 2 + width + 2;
}

}  // namespace

Ink InkOf(Outcome outcome) {
  switch (outcome) {
    case Outcome::kSupported:
      return Ink::kGood;
    case Outcome::kRefuted:
      return Ink::kBad;
    case Outcome::kConditional:
      return Ink::kMixed;
    case Outcome::kInconclusive:
      return Ink::kOpen;
    case Outcome::kNotApplicable:
      return Ink::kFaint;
    case Outcome::kBroken:
      return Ink::kBad;
  }
  return Ink::kPlain;
}

TerminalPage::TerminalPage(const WriteOptions& options)
    : tr(FindLanguage(options.language).value_or(Language::kEnglish)),
      width_(std::max<std::size_t>(kLeast, options.width > 0 ? options.width : 0)),
      label_width_(WidthOfLabels(tr)),
      color_(options.color) {}

std::string TerminalPage::Paint(std::string_view plain, Ink ink) const {
  if (!color_ || ink == Ink::kPlain || plain.empty()) return std::string(plain);
  static constexpr std::string_view kCodes[] = {"", "1", "2", "36", "1;31", "33", "35"};
  return fmt::format("\x1b[{}m{}\x1b[0m", kCodes[static_cast<std::size_t>(ink)], plain);
}

void TerminalPage::Text(std::string_view text, std::size_t indent, Ink ink) {
  for (const std::string& line : text::Wrap(text, width_ - indent)) {
    Line(std::string(indent, ' ') + Paint(line, ink));
  }
}

void TerminalPage::Beside(std::string_view label, const std::vector<std::string>& lines) {
  std::string head = label.empty() ? "" : fmt::format("  {}", label);
  for (const std::string& line : lines) {
    Line(Paint(text::PadRight(head, label_width_), Ink::kFaint) + line);
    head.clear();
  }
}

void TerminalPage::Labelled(std::string_view label, std::string_view text) {
  Beside(label, text::Wrap(text, width_ - label_width_));
}

void TerminalPage::Command(std::string_view label, std::string_view command) {
  std::vector<std::string> lines = text::Wrap(command, width_ - label_width_ - 2);
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) lines[i] += " \\";
  Beside(label, lines);
}

void TerminalPage::Heading(std::string_view title) {
  Line();
  Line(Paint(text::Clip(title, width_), Ink::kStrong));
}

void TerminalPage::Rule(std::string_view title, Ink ink) {
  const std::string shown = text::Clip(title, width_ - 6);
  std::string rest;
  for (std::size_t i = text::DisplayWidth(shown) + 4; i < width_; ++i) rest += "─";
  Line();
  Line("── " + Paint(shown, ink) + " " + rest);
}

}  // namespace bulkhead
