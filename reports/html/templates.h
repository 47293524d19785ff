// The templates and the style of report.html as bytes of the program; the files are
// reports/html/templates/*.
//
// Runs in: anywhere.
#ifndef BULKHEAD_REPORTS_HTML_TEMPLATES_H_
#define BULKHEAD_REPORTS_HTML_TEMPLATES_H_

#include <string_view>

namespace bulkhead::html {

extern const std::string_view kPage, kClaim, kFigure, kTable, kSpilled, kStyle;

}  // namespace bulkhead::html

#endif  // BULKHEAD_REPORTS_HTML_TEMPLATES_H_
