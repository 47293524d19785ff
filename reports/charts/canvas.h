// SVG as it is drawn here: elements with a class each (their looks are in style.cc), coordinates to
// a tenth, text escaped by pugixml.  Widths of text are estimated, for there is no font here.
//
// Runs in: anywhere.  A Pen is a borrowed place in its Canvas.
#ifndef BULKHEAD_REPORTS_CHARTS_CANVAS_H_
#define BULKHEAD_REPORTS_CHARTS_CANVAS_H_

#include <functional>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "reports/charts/figure.h"

namespace bulkhead::charts {

inline constexpr double kWidth = 720;   // of every figure
inline constexpr double kColumn = 6.6;  // of text, estimated, per column of a terminal
inline constexpr double kBaseline = 4;  // from the middle of a row of text to its baseline

// What `utf8` takes at most, in the fonts that are likely.
double WidthOf(std::string_view utf8);
// Cut to `width`, with "…".
std::string ClipTo(std::string_view utf8, double width);
// "268" and "268.5": with a dot, at most one digit.
std::string Coordinate(double value);

enum class Anchor { kStart, kMiddle, kEnd };

class Pen {
 public:
  Pen(pugi::xml_node node, bool links) : node_(node), links_(links) {}

  Pen Group(std::string_view css_class) const;
  // A group that is a link, where the document has links, and tells its whole `title`.
  Pen Link(const std::string& href, const std::string& title) const;
  // What is told of the last element drawn by a reader of screens, or a resting pointer.
  void Title(const std::string& title) const;

  void Text(double x, double y, const std::string& text, std::string_view css_class = "",
            Anchor anchor = Anchor::kStart) const;
  void Line(double x1, double y1, double x2, double y2, std::string_view css_class) const;
  void Rect(double x, double y, double width, double height, std::string_view css_class) const;
  void Circle(double x, double y, double radius, std::string_view css_class) const;
  // `path` as in SVG; made with Coordinate.
  void Path(const std::string& path, std::string_view css_class) const;

 private:
  pugi::xml_node Add(const char* name, std::string_view css_class) const;

  pugi::xml_node node_;
  bool links_;
};

// The style that files have, too.
std::string Looks();

// Draws into the pen and returns the height that it took.  Called once for each form.
using Draw = std::function<double(const Pen&)>;

// Fills in both forms of `figure`, whose other fields are there.
void DrawInto(Figure& figure, const Draw& draw, bool has_links);

}  // namespace bulkhead::charts

#endif  // BULKHEAD_REPORTS_CHARTS_CANVAS_H_
