// lab.md, with its figures beside it: for a text editor, a forge, or pandoc into anything else.
//
// Runs in: anywhere.
#include <fmt/format.h>

#include <cctype>
#include <utility>

#include "reports/lab/sections.h"
#include "reports/markdown_parts.h"
#include "reports/writer.h"

namespace bulkhead {
namespace lab {
namespace {

// A student's paragraph is not cut.
constexpr std::size_t kMostText = 20'000;

std::string Text(const Line& line) {
  std::string out;
  for (const Piece& piece : line) {
    switch (piece.style) {
      case Piece::Style::kPlain:
        out += markdown::Escape(piece.text, kMostText);
        break;
      case Piece::Style::kStrong:
        if (!piece.text.empty()) {
          // Markup ends before a space, not after it.
          const std::size_t end = piece.text.find_last_not_of(' ') + 1;
          out += "**" + markdown::Escape(piece.text.substr(0, end), kMostText) + "**" +
                 piece.text.substr(end);
        }
        break;
      case Piece::Style::kCode:
        out += markdown::Code(piece.text);
        break;
    }
  }
  return out;
}

// What would begin a list at the beginning of a line does not.
std::string AtLineStart(std::string text) {
  if (text.starts_with('-') || text.starts_with('+') || text.starts_with('=')) return "\\" + text;
  std::size_t digits = 0;
  while (digits < text.size() && std::isdigit(static_cast<unsigned char>(text[digits])) != 0) {
    ++digits;
  }
  const bool list =
      digits > 0 && digits < text.size() && (text[digits] == '.' || text[digits] == ')');
  if (list) text.insert(digits, "\\");
  return text;
}

class Renderer {
 public:
  explicit Renderer(const Page& page) : page_(page), tr_(page.tr) {}

  std::string Write() {
    std::string out = "# " + (page_.title.empty() ? ToFillIn(tr_("Title")) : Escape(page_.title));
    out += "\n\n";
    for (const auto& [label, value] : page_.fields) {
      out += fmt::format("- **{}:** {}\n", Escape(label),
                         value.empty() ? "\\_\\_\\_\\_\\_\\_\\_\\_" : Escape(value));
    }
    out += "\n";
    for (const Line& line : page_.warnings) out += Text(line) + "\n\n";
    for (const Section& section : page_.sections) {
      subsection_ = 0;
      out += fmt::format("## {}. {}\n\n", ++section_, Escape(section.title));
      for (const Block& block : section.blocks) {
        out += std::visit([this](const auto& one) { return this->Write(one); }, block);
      }
    }
    return out;
  }

 private:
  static std::string Escape(std::string_view text) { return markdown::Escape(text, kMostText); }
  static std::string ToFillIn(std::string_view what) {
    return "\\_\\_\\_\\_\\_\\_\\_\\_ (" + Escape(what) + ")";
  }

  static std::string Write(const Paragraph& paragraph) {
    return AtLineStart(Text(paragraph.line)) + "\n\n";
  }

  static std::string Write(const Bullets& list) {
    std::string out;
    std::size_t number = 0;
    for (const Line& item : list.items) {
      out +=
          (list.numbered ? fmt::format("{}. ", ++number) : "- ") + AtLineStart(Text(item)) + "\n";
    }
    return out + "\n";
  }

  std::string Write(const Table& table) {
    std::string out = fmt::format("**{}** {}\n\n", Escape(tr_.Format("Table {}.", ++table_)),
                                  Escape(table.caption));
    std::vector<std::string> head;
    for (const std::string& title : table.head) head.push_back(Escape(title));
    out += markdown::TableRow(head) + "|";
    for (std::size_t column = 0; column < head.size(); ++column) {
      out += IsNumeric(table, column) ? "---:|" : "---|";
    }
    out += "\n";
    for (const auto& row : table.rows) {
      std::vector<std::string> cells;
      for (const Line& cell : row) cells.push_back(Text(cell));
      out += markdown::TableRow(cells);
    }
    return out + "\n" + (table.note.empty() ? "" : "*" + Escape(table.note) + "*\n\n");
  }

  std::string Write(const Picture& picture) {
    const charts::Figure& figure = picture.figure;
    return fmt::format("![{}]({})\n\n**{}** {}. {}\n\n", Escape(figure.title), FileOf(figure),
                       Escape(tr_.Format("Figure {}.", ++figure_)), Escape(figure.title),
                       Escape(figure.how_to_read));
  }

  std::string Write(const Prompt& prompt) const {
    return fmt::format("> {}\n>\n> **{}** …\n\n", AtLineStart(Text(prompt.line)),
                       Escape(tr_("Answer here:")));
  }

  static std::string Write(const Listing& listing) {
    std::string text;
    for (const std::string& line : listing.lines) text += (text.empty() ? "" : "\n") + line;
    return markdown::Preformatted(text);
  }

  std::string Write(const Heading& heading) {
    return fmt::format("<a id=\"{}\"></a>\n\n### {}.{} {}\n\n", heading.anchor, section_,
                       ++subsection_, Text(heading.line));
  }

  const Page& page_;
  const Translator& tr_;
  int section_ = 0, subsection_ = 0, table_ = 0, figure_ = 0;
};

}  // namespace
}  // namespace lab

Document WriteLab(const RunReport& report, const WriteOptions& options) {
  const lab::Page page = lab::MakePage(report, options);
  std::vector<File> beside;
  for (const charts::Figure* figure : lab::PicturesOf(page)) {
    beside.push_back({lab::FileOf(*figure), figure->file_svg});
  }
  return {lab::Renderer(page).Write(), std::move(beside)};
}

}  // namespace bulkhead
