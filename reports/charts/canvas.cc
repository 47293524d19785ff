#include "reports/charts/canvas.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "reports/palette.h"
#include "reports/text.h"

namespace bulkhead::charts {

double WidthOf(std::string_view utf8) {
  return kColumn * static_cast<double>(text::DisplayWidth(utf8));
}

std::string ClipTo(std::string_view utf8, double width) {
  return text::Clip(utf8, static_cast<std::size_t>(width / kColumn));
}

std::string Coordinate(double value) {
  std::string digits = fmt::format("{:.1f}", value);
  if (digits.ends_with(".0")) digits.resize(digits.size() - 2);
  return digits == "-0" ? "0" : digits;
}

pugi::xml_node Pen::Add(const char* name, std::string_view css_class) const {
  pugi::xml_node parent = node_;  // a handle: the copy is the same node
  pugi::xml_node node = parent.append_child(name);
  if (!css_class.empty()) node.append_attribute("class") = std::string(css_class).c_str();
  return node;
}

Pen Pen::Group(std::string_view css_class) const { return {Add("g", css_class), links_}; }

Pen Pen::Link(const std::string& href, const std::string& title) const {
  pugi::xml_node node = Add(links_ ? "a" : "g", "c-row");
  if (links_) node.append_attribute("href") = href.c_str();
  const Pen pen(node, links_);
  pen.Title(title);
  return pen;
}

void Pen::Title(const std::string& title) const {
  pugi::xml_node node = node_;
  node.append_child("title").text() = title.c_str();
}

void Pen::Text(double x, double y, const std::string& text, std::string_view css_class,
               Anchor anchor) const {
  pugi::xml_node node = Add("text", css_class);
  node.append_attribute("x") = Coordinate(x).c_str();
  node.append_attribute("y") = Coordinate(y).c_str();
  if (anchor == Anchor::kMiddle) node.append_attribute("text-anchor") = "middle";
  if (anchor == Anchor::kEnd) node.append_attribute("text-anchor") = "end";
  node.text() = text.c_str();
}

void Pen::Line(double x1, double y1, double x2, double y2, std::string_view css_class) const {
  pugi::xml_node node = Add("line", css_class);
  node.append_attribute("x1") = Coordinate(x1).c_str();
  node.append_attribute("y1") = Coordinate(y1).c_str();
  node.append_attribute("x2") = Coordinate(x2).c_str();
  node.append_attribute("y2") = Coordinate(y2).c_str();
}

void Pen::Rect(double x, double y, double width, double height, std::string_view css_class) const {
  pugi::xml_node node = Add("rect", css_class);
  node.append_attribute("x") = Coordinate(x).c_str();
  node.append_attribute("y") = Coordinate(y).c_str();
  node.append_attribute("width") = Coordinate(std::max(width, 0.0)).c_str();
  node.append_attribute("height") = Coordinate(std::max(height, 0.0)).c_str();
}

void Pen::Circle(double x, double y, double radius, std::string_view css_class) const {
  pugi::xml_node node = Add("circle", css_class);
  node.append_attribute("cx") = Coordinate(x).c_str();
  node.append_attribute("cy") = Coordinate(y).c_str();
  node.append_attribute("r") = Coordinate(radius).c_str();
}

void Pen::Path(const std::string& path, std::string_view css_class) const {
  Add("path", css_class).append_attribute("d") = path.c_str();
}

namespace {

std::string Made(const Figure& figure, const Draw& draw, bool links, bool file) {
  pugi::xml_document document;
  pugi::xml_node svg = document.append_child("svg");
  svg.append_attribute("class") = "c-svg";
  // A picture has no links within; with links it is a group of them.
  svg.append_attribute("role") = links ? "group" : "img";
  svg.append_attribute("aria-labelledby") = fmt::format("{0}-title {0}-desc", figure.id).c_str();
  pugi::xml_node title = svg.append_child("title");
  title.append_attribute("id") = (figure.id + "-title").c_str();
  title.text() = figure.title.c_str();
  pugi::xml_node desc = svg.append_child("desc");
  desc.append_attribute("id") = (figure.id + "-desc").c_str();
  desc.text() = figure.how_to_read.c_str();
  if (file) {
    svg.append_attribute("xmlns") = "http://www.w3.org/2000/svg";
    svg.append_child("style").text() = InLight(Looks()).c_str();
  }
  const Pen pen(svg, links);
  pugi::xml_node ground;
  if (file) {
    pen.Rect(0, 0, kWidth, 0, "c-ground");
    ground = svg.last_child();
  }
  const std::string height = Coordinate(std::ceil(draw(pen)));
  svg.append_attribute("viewBox") = fmt::format("0 0 {} {}", kWidth, height).c_str();
  if (file) {
    ground.attribute("height") = height.c_str();
    svg.append_attribute("width") = Coordinate(kWidth).c_str();
    svg.append_attribute("height") = height.c_str();
  }
  std::ostringstream out;
  if (file) {
    document.save(out, " ", pugi::format_indent | pugi::format_no_declaration);
  } else {
    document.save(out, "", pugi::format_raw | pugi::format_no_declaration);
  }
  return out.str();
}

}  // namespace

void DrawInto(Figure& figure, const Draw& draw, bool has_links) {
  figure.inline_svg = Made(figure, draw, has_links, false);
  figure.file_svg = Made(figure, draw, false, true);
}

}  // namespace bulkhead::charts
