// lab.html: the lab report as one page that needs no network and no script, made to be printed.
//
// Runs in: anywhere.
#include <fmt/format.h>

#include "reports/lab/sections.h"
#include "reports/palette.h"
#include "reports/text.h"
#include "reports/writer.h"

namespace bulkhead {
namespace lab {
namespace {

constexpr char kCss[] = R"(
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--text);font:1rem/1.55 Georgia,"Times New Roman",serif}
main{max-width:52rem;margin:0 auto;padding:2.5rem 1.5rem 4rem}
header{text-align:center;border-bottom:1px solid var(--rule);padding-bottom:1.5rem;margin-bottom:2rem}
h1{font-size:1.9rem;line-height:1.25;margin:0 0 1.2rem}
h2{font-size:1.4rem;margin:2.6rem 0 .8rem;border-bottom:1px solid var(--rule);padding-bottom:.2rem}
h3{font-size:1.1rem;margin:2rem 0 .6rem}
dl{display:grid;grid-template-columns:auto 1fr;gap:.15rem 1rem;max-width:30rem;margin:0 auto;text-align:left}
dt{color:var(--muted)}dd{margin:0}
.blank{display:inline-block;min-width:14rem;border-bottom:1px dotted var(--muted)}
code,pre{font:.86em/1.45 ui-monospace,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
pre{white-space:pre-wrap;background:var(--panel);border:1px solid var(--rule);padding:.6rem .8rem}
.scroll{overflow-x:auto;margin:1.2rem 0 .4rem}
table{border-collapse:collapse;width:100%;font-size:.86rem;line-height:1.4;
 border-top:2px solid var(--text);border-bottom:2px solid var(--text);font-family:system-ui,sans-serif}
caption{text-align:left;padding:0 0 .4rem;font-size:.92rem}
table code{overflow-wrap:break-word}
th,td{text-align:left;vertical-align:top;padding:.25rem .6rem .25rem 0}
thead th{border-bottom:1px solid var(--text);font-weight:600}
tbody tr+tr td{border-top:1px solid var(--rule)}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.note{font-size:.86rem;color:var(--muted);margin:.2rem 0 1.2rem}
figure{margin:1.6rem 0}figcaption{font-size:.88rem;color:var(--muted)}
figcaption b{color:var(--text)}
.prompt{margin:.8rem 0;padding:.5rem .9rem;border-left:4px solid var(--link);background:var(--panel)}
.prompt p{margin:.2rem 0}.prompt .answer{color:var(--muted);padding-bottom:1.6rem;border-bottom:1px dotted var(--muted)}
.warning{border:2px solid var(--text);padding:.5rem .9rem}
@media print{body{font-size:10.5pt}main{max-width:none;padding:0}h2,h3,caption{break-after:avoid}figure,.prompt,tr{break-inside:avoid}
 .scroll{overflow:visible}.prompt .answer{padding-bottom:4rem}}
@page{margin:20mm}
)";

std::string Escape(std::string_view foreign) {
  std::string out;
  for (const char c : text::OneLine(foreign)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string Text(const Line& line) {
  std::string out;
  for (const Piece& piece : line) {
    const std::string text = Escape(piece.text);
    switch (piece.style) {
      case Piece::Style::kPlain:
        out += text;
        break;
      case Piece::Style::kStrong:
        out += "<strong>" + text + "</strong>";
        break;
      case Piece::Style::kCode:
        out += "<code>" + text + "</code>";
        break;
    }
  }
  return out;
}

class Renderer {
 public:
  explicit Renderer(const Page& page) : page_(page), tr_(page.tr) {}

  std::string Write() {
    const std::string title =
        Escape(page_.title.empty() ? tr_("Lab report on crash isolation") : page_.title);
    std::string out = fmt::format(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
        "'unsafe-inline'\">\n<title>{}</title>\n<style>\n{}\n{}\n{}</style>\n</head>\n<body>\n"
        "<main>\n<header>\n<h1>{}</h1>\n<dl>\n",
        LocaleTag(), title, PaletteCss(), charts::ChartCss(), kCss, title);
    for (const auto& [label, value] : page_.fields) {
      out += fmt::format("<dt>{}</dt><dd>{}</dd>\n", Escape(label),
                         value.empty() ? Blank() : Escape(value));
    }
    out += "</dl>\n</header>\n";
    for (const Line& line : page_.warnings) {
      out += "<p class=\"warning\">" + Text(line) + "</p>\n";
    }
    for (const Section& section : page_.sections) {
      subsection_ = 0;
      out += fmt::format("<section>\n<h2>{}. {}</h2>\n", ++section_, Escape(section.title));
      for (const Block& block : section.blocks) {
        out += std::visit([this](const auto& one) { return this->Write(one); }, block);
      }
      out += "</section>\n";
    }
    return out + "</main>\n</body>\n</html>\n";
  }

 private:
  std::string_view LocaleTag() const { return CodeOf(tr_.language()); }
  std::string Blank() const {
    return fmt::format("<span class=\"blank\" title=\"{}\">&nbsp;</span>",
                       Escape(tr_("to be filled in")));
  }

  static std::string Write(const Paragraph& paragraph) {
    return "<p>" + Text(paragraph.line) + "</p>\n";
  }

  static std::string Write(const Bullets& list) {
    const char* tag = list.numbered ? "ol" : "ul";
    std::string out = fmt::format("<{}>\n", tag);
    for (const Line& item : list.items) out += "<li>" + Text(item) + "</li>\n";
    return out + fmt::format("</{}>\n", tag);
  }

  std::string Write(const Table& table) {
    const std::string number = Escape(tr_.Format("Table {}.", ++table_));
    std::string out = fmt::format(
        "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{0} {1}\">\n<table>\n"
        "<caption><b>{0}</b> {1}</caption>\n<thead><tr>",
        number, Escape(table.caption));
    for (std::size_t column = 0; column < table.head.size(); ++column) {
      out += fmt::format("<th scope=\"col\"{}>{}</th>", ClassOf(table, column),
                         Escape(table.head[column]));
    }
    out += "</tr></thead>\n<tbody>\n";
    for (const auto& row : table.rows) {
      out += "<tr>";
      for (std::size_t column = 0; column < row.size(); ++column) {
        out += fmt::format("<td{}>{}</td>", ClassOf(table, column), Text(row[column]));
      }
      out += "</tr>\n";
    }
    out += "</tbody>\n</table>\n</div>\n";
    return table.note.empty() ? out : out + "<p class=\"note\">" + Escape(table.note) + "</p>\n";
  }
  static std::string_view ClassOf(const Table& table, std::size_t column) {
    return IsNumeric(table, column) ? " class=\"n\"" : "";
  }

  std::string Write(const Picture& picture) {
    const charts::Figure& figure = picture.figure;
    return fmt::format("<figure>\n{}\n<figcaption><b>{} {}.</b> {}</figcaption>\n</figure>\n",
                       figure.inline_svg, Escape(tr_.Format("Figure {}.", ++figure_)),
                       Escape(figure.title), Escape(figure.how_to_read));
  }

  std::string Write(const Prompt& prompt) const {
    return fmt::format("<div class=\"prompt\"><p>{}</p><p class=\"answer\">{}</p></div>\n",
                       Text(prompt.line), Escape(tr_("Answer here:")));
  }

  static std::string Write(const Listing& listing) {
    std::string out = "<pre>";
    for (const std::string& line : listing.lines) out += Escape(line) + "\n";
    return out + "</pre>\n";
  }

  std::string Write(const Heading& heading) {
    return fmt::format("<h3 id=\"{}\">{}.{} {}</h3>\n", heading.anchor, section_, ++subsection_,
                       Text(heading.line));
  }

  const Page& page_;
  const Translator& tr_;
  int section_ = 0, subsection_ = 0, table_ = 0, figure_ = 0;
};

}  // namespace
}  // namespace lab

Document WriteLabHtml(const RunReport& report, const WriteOptions& options) {
  const lab::Page page = lab::MakePage(report, options);
  return lab::Renderer(page).Write();
}

}  // namespace bulkhead
