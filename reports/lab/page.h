// A lab report before it has a format: sections of a few kinds of blocks, in the reader's language.
// sections*.cc say it once; markdown.cc, html.cc and latex.cc write it, each in its own markup, so
// that the three cannot differ in what they say.
//
// Texts are as they came, foreign ones too: whoever renders passes each of them through
// text::OneLine and escapes it.  Runs in: anywhere.  Values only.
#ifndef BULKHEAD_REPORTS_LAB_PAGE_H_
#define BULKHEAD_REPORTS_LAB_PAGE_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "reports/charts/figure.h"
#include "reports/translator.h"

namespace bulkhead::lab {

struct Piece {
  enum class Style { kPlain, kStrong, kCode };
  Style style = Style::kPlain;
  std::string text;
  // Of a measured value: what it is called, "crash.process-contained counted trials".  Formats with
  // variables (LaTeX) define one of that name and use it.
  std::string name;
};
using Line = std::vector<Piece>;

Piece Plain(std::string text);
Piece Strong(std::string text);
Piece Code(std::string text);
Piece Value(std::string name, std::string text);
// A sentence of our own in which `words` stand between backticks.
Line Prose(std::string_view text);

struct Paragraph {
  Line line;
};
struct Bullets {
  bool numbered = false;
  std::vector<Line> items;
};
struct Table {
  std::string caption;
  std::vector<std::string> head;
  std::vector<std::vector<Line>> rows;  // as many cells each as `head`
  std::string note;                     // how to read it, or what is left out; may be empty
};
struct Picture {
  charts::Figure figure;
};
// A question that the writer of the report answers, not the tool.
struct Prompt {
  Line line;
};
struct Listing {
  std::vector<std::string> lines;
};
struct Heading {
  std::string anchor;  // "claim-1"
  Line line;
};
using Block = std::variant<Paragraph, Bullets, Table, Picture, Prompt, Listing, Heading>;

struct Section {
  std::string title;
  std::vector<Block> blocks;
};

struct Page {
  Translator tr;
  std::string title;                                        // empty: to be filled in
  std::vector<std::pair<std::string, std::string>> fields;  // label, value; empty: to be filled in
  std::vector<Line> warnings;                               // what goes before everything else
  std::vector<Section> sections;
};

// "figures/rates.svg": where the figure's file lies beside the document.
std::string FileOf(const charts::Figure& figure);
// Every picture of the page, in its order.
std::vector<const charts::Figure*> PicturesOf(const Page& page);
// Without the columns in which nothing stands.
Table WithoutEmptyColumns(Table table);
// Whether all that stands in the column are values: such a column is set to the right.
bool IsNumeric(const Table& table, std::size_t column);

}  // namespace bulkhead::lab

#endif  // BULKHEAD_REPORTS_LAB_PAGE_H_
