// One figure of a document: SVG made here, without script or font file, and the same numbers as a
// table for whoever does not look at pictures.
//
// Figures of a report that has nothing to draw are not there.  Colours come by the names of
// reports/palette.h: the inline form takes them from the page (PaletteCss, ChartCss), the file form
// carries the light ones.  Names of claims, scenarios and series are foreign text and have passed
// text::OneLine; whoever writes `title`, `how_to_read` or a cell of `data` into a document escapes
// them for its format.
//
// Runs in: anywhere.  Pure functions that cannot fail.
#ifndef BULKHEAD_REPORTS_CHARTS_FIGURE_H_
#define BULKHEAD_REPORTS_CHARTS_FIGURE_H_

#include <optional>
#include <string>
#include <vector>

#include "harness/model/run_report.h"
#include "reports/translator.h"

namespace bulkhead::charts {

struct DataTable {
  std::vector<std::string> head;
  std::vector<std::vector<std::string>> rows;  // as many cells each as `head`
};

struct Figure {
  std::string id;           // "rates": also the name of its file, and the prefix of ids within it
  std::string title;        // one line
  std::string how_to_read;  // two sentences
  std::string inline_svg;   // an <svg> element for an HTML page that has PaletteCss and ChartCss
  std::string file_svg;     // the same as a file of its own, on light ground
  DataTable data;
};

// Claims of `always` and `may`, one row each: the rate of the finding in the cell that decides,
// with its bounds and the target.  Rows link to "#claim-N", N from 1 in the order of the report.
std::optional<Figure> RateForest(const RunReport& report, const Translator& tr);

// Claims of `ratio`, one row per cell: the ratio with its interval, 1 and the claimed limit.
std::optional<Figure> RatioForest(const RunReport& report, const Translator& tr);

// What the measuring scenarios measured: spread of times and sizes, creation as distribution
// functions, creation against the memory of the parent.
std::vector<Figure> CostFigures(const RunReport& report, const Translator& tr);

// The observations of one trial, a lane for each unit; 0 is the moment of the fault.
Figure TrialLanes(const RunReport& report, const Trial& trial, const std::string& id,
                  const Translator& tr);

// The style of all inline figures; a page embeds it once, after PaletteCss().
std::string ChartCss();

}  // namespace bulkhead::charts

#endif  // BULKHEAD_REPORTS_CHARTS_FIGURE_H_
