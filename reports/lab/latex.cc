// lab.tex, and beside it bulkhead-results.tex: a macro for each value, so that a thesis that
// includes it changes when the run is made again.  For pdflatex with what every TeX Live has.
//
// LaTeX takes no SVG: a figure is included as PDF where somebody has made one of it, and otherwise
// says by which command that is done.  Runs in: anywhere.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "reports/lab/latex_text.h"
#include "reports/lab/sections.h"
#include "reports/text.h"
#include "reports/writer.h"

namespace bulkhead {
namespace lab {
namespace {

using latex::Escape;
using latex::Typewriter;

constexpr char kMacros[] = "bulkhead-results.tex";

std::string PdfOf(const charts::Figure& figure) { return "figures/" + figure.id + ".pdf"; }

class Renderer {
 public:
  explicit Renderer(const Page& page) : page_(page) {}

  std::string Write() {
    std::string body = TitleBlock();
    for (const Section& section : page_.sections) {
      body += fmt::format("\\section{{{}}}\n\n", Escape(section.title));
      for (const Block& block : section.blocks) {
        body += std::visit([this](const auto& one) { return Write(one); }, block);
      }
    }
    return Preamble() + body + "\\end{document}\n";
  }

  std::string Macros() const {
    return "% The values of one run, by name.  \\input this file and write, for example,\n"
           "% \\bhRunExecutedTrials{} in the text; made anew by `bulkhead report RUN --format\n"
           "% lab-latex`, so edit nothing here.\n" +
           definitions_;
  }

 private:
  std::string Preamble() const {
    const Translator& tr = page_.tr;
    return fmt::format(
        "% pdflatex lab.tex, twice.  Figures: LaTeX takes no SVG, so first\n"
        "%   for f in figures/*.svg; do rsvg-convert -f pdf -o \"${{f%.svg}}.pdf\" \"$f\"; done\n"
        "% or the same with inkscape; without it a box stands in their place.\n"
        "\\documentclass[a4paper,11pt]{{article}}\n"
        "\\usepackage[T1]{{fontenc}}\n"
        "\\usepackage[utf8]{{inputenc}}\n"
        "\\usepackage{{textcomp,amssymb,array,longtable,booktabs,graphicx}}\n"
        "\\usepackage[margin=25mm]{{geometry}}\n"
        "\\renewcommand{{\\tablename}}{{{}}}\n"
        "\\renewcommand{{\\figurename}}{{{}}}\n"
        "\\setlength{{\\LTcapwidth}}{{\\linewidth}}\\setlength{{\\LTpost}}{{0pt}}\n"
        "\\setlength{{\\parindent}}{{0pt}}\\setlength{{\\parskip}}{{0.6em}}\n"
        "\\emergencystretch=3em\n"
        "\\newcommand{{\\tofillin}}{{\\underline{{\\hspace{{6cm}}}}}}\n"
        "\\newcommand{{\\prompt}}[1]{{\\begin{{quote}}\\itshape #1\\par\\upshape\\textbf{{{}}} "
        "\\dotfill\\end{{quote}}}}\n"
        "\\input{{{}}}\n"
        "\\begin{{document}}\n\n",
        Escape(tr("Table")), Escape(tr("Figure")), Escape(tr("Answer here:")), kMacros);
  }

  std::string TitleBlock() const {
    std::string out = "\\begin{center}\n{\\LARGE\\bfseries " +
                      (page_.title.empty() ? "\\tofillin" : Escape(page_.title)) +
                      "\\par}\n\\medskip\n\\begin{tabular}{@{}lp{0.65\\linewidth}@{}}\n";
    for (const auto& [label, value] : page_.fields) {
      out += fmt::format("{}: & {} \\\\\n", Escape(label),
                         value.empty() ? "\\tofillin" : Escape(value));
    }
    out += "\\end{tabular}\n\\end{center}\n\n";
    for (const Line& line : page_.warnings) out += Text(line) + "\n\n";
    return out;
  }

  std::string Text(const Piece& piece) const {
    switch (piece.style) {
      case Piece::Style::kStrong:
        return "\\textbf{" + Escape(piece.text) + "}";
      case Piece::Style::kCode:
        return Typewriter(piece.text);
      case Piece::Style::kPlain:
        break;
    }
    return Escape(piece.text);
  }
  std::string Text(const Line& line) const {
    std::string out;
    for (const Piece& piece : line) out += Text(piece);
    return out;
  }
  // A cell, whose values become macros.
  std::string Cell(const Line& line) {
    std::string out;
    for (const Piece& piece : line) {
      out += piece.name.empty() ? Text(piece) : "\\" + Macro(piece) + "{}";
    }
    return out;
  }
  std::string Macro(const Piece& piece) {
    const auto [macro, is_new] = names_.Of(piece.name, piece.text);
    if (is_new) {
      definitions_ += fmt::format("\\newcommand{{\\{}}}{{{}}}\n", macro, Escape(piece.text));
    }
    return macro;
  }

  std::string Write(const Paragraph& paragraph) const { return Text(paragraph.line) + "\n\n"; }

  std::string Write(const Bullets& list) const {
    const char* kind = list.numbered ? "enumerate" : "itemize";
    std::string out = fmt::format("\\begin{{{}}}\n", kind);
    for (const Line& item : list.items) out += "\\item " + Text(item) + "\n";
    return out + fmt::format("\\end{{{}}}\n\n", kind);
  }

  std::string Write(const Prompt& prompt) const {
    return "\\prompt{" + Text(prompt.line) + "}\n\n";
  }

  std::string Write(const Listing& listing) const {
    std::string out = "\\begin{quote}\\small\\raggedright\n";
    for (const std::string& line : listing.lines) out += Typewriter(line) + "\\par\n";
    return out + "\\end{quote}\n\n";
  }

  std::string Write(const Heading& heading) const {
    return "\\subsection{" + Text(heading.line) + "}\n\n";
  }

  std::string Write(const Picture& picture) const {
    const charts::Figure& figure = picture.figure;
    return fmt::format(
        "\\begin{{figure}}[htbp]\n\\centering\n"
        "\\IfFileExists{{{0}}}{{\\includegraphics[width=\\linewidth]{{{0}}}}}{{\\fbox{{\\parbox{{"
        "0.9\\linewidth}}{{{1}}}}}}}\n"
        "\\caption{{{2}. {3}}}\n\\end{{figure}}\n\n",
        PdfOf(figure),
        Typewriter(fmt::format("rsvg-convert -f pdf -o {} {}", PdfOf(figure), FileOf(figure))),
        Escape(figure.title), Escape(figure.how_to_read));
  }

  // Columns as wide as they are where the line holds them all; else the wide ones share what the
  // narrow ones leave.
  static std::string Columns(const Table& table) {
    constexpr std::size_t kLine = 96, kNarrow = 13, kMost = 60, kGap = 2;  // in characters
    std::vector<std::size_t> widths;
    std::size_t all = 0, narrow = 0, shares = 0;
    for (std::size_t column = 0; column < table.head.size(); ++column) {
      std::size_t width = text::DisplayWidth(table.head[column]);
      for (const auto& row : table.rows) {
        std::size_t cell = 0;
        for (const Piece& piece : row[column]) cell += text::DisplayWidth(piece.text);
        width = std::max(width, cell);
      }
      widths.push_back(width);
      all += width + kGap;
      (width <= kNarrow ? narrow : shares) += std::min(width, kMost);
    }
    const std::size_t used = narrow + kGap * widths.size();
    const double left = kLine > used + 20 ? static_cast<double>(kLine - used) : 20.0;
    std::string spec = "@{}";
    for (std::size_t column = 0; column < widths.size(); ++column) {
      if (all <= kLine || widths[column] <= kNarrow) {
        spec += IsNumeric(table, column) ? "r" : "l";
        continue;
      }
      const double share = left * static_cast<double>(std::min(widths[column], kMost)) /
                           static_cast<double>(shares * kLine);
      spec += fmt::format(">{{\\raggedright\\arraybackslash}}p{{{:.3f}\\linewidth}}", share);
    }
    return spec + "@{}";
  }

  std::string Write(const Table& table) {
    std::string head;
    for (const std::string& title : table.head) {
      head += (head.empty() ? "" : " & ") + Escape(title);
    }
    std::string out = fmt::format(
        "{{\\footnotesize\\setlength{{\\tabcolsep}}{{4pt}}\n\\begin{{longtable}}{{{}}}\n"
        "\\caption{{{}}}\\\\\n\\toprule\n{} \\\\\n\\midrule\n\\endfirsthead\n\\toprule\n{} \\\\\n"
        "\\midrule\n\\endhead\n\\bottomrule\n\\endlastfoot\n",
        Columns(table), Escape(table.caption), head, head);
    for (const auto& row : table.rows) {
      for (std::size_t column = 0; column < row.size(); ++column) {
        out += (column == 0 ? "" : " & ") + Cell(row[column]);
      }
      out += " \\\\\n";
    }
    out += "\\end{longtable}}\n\n";
    return table.note.empty() ? out : out + "{\\footnotesize " + Escape(table.note) + "\\par}\n\n";
  }

  const Page& page_;
  latex::MacroNames names_;
  std::string definitions_;
};

}  // namespace
}  // namespace lab

Document WriteLabLatex(const RunReport& report, const WriteOptions& options) {
  const lab::Page page = lab::MakePage(report, options);
  lab::Renderer renderer(page);
  std::string text = renderer.Write();
  std::vector<File> beside{{lab::kMacros, renderer.Macros()}};
  for (const charts::Figure* figure : lab::PicturesOf(page)) {
    beside.push_back({lab::FileOf(*figure), figure->file_svg});
  }
  return {std::move(text), std::move(beside)};
}

}  // namespace bulkhead
