// What measuring scenarios measured, sorted by what it is: the series of all cells, once each, with
// their units.  A scenario says by its tags what it measures; its series by their names whether
// they are times.
//
// Runs in: anywhere.  Pure functions; the pointers are into the report.
#ifndef BULKHEAD_REPORTS_CHARTS_MEASURED_H_
#define BULKHEAD_REPORTS_CHARTS_MEASURED_H_

#include <string>
#include <string_view>
#include <vector>

#include "harness/model/run_report.h"
#include "reports/translator.h"

namespace bulkhead::charts {

enum class Unit { kNanoseconds, kBytes, kNumber };

struct MeasuredCell {
  const CellResult* cell = nullptr;
  std::vector<const SeriesResult*> series;  // those that belong here
};

struct MeasuredGroup {
  std::string_view id;     // "cost-switch"
  std::string_view title;  // English; a message of the catalogs
  Unit unit = Unit::kNumber;
  std::vector<MeasuredCell> cells;  // in the order of the report; never empty
};

std::vector<MeasuredGroup> MeasuredGroups(const RunReport& report);

// "12.3 µs", "104 KiB", "1,200".
std::string InUnit(double value, Unit unit, const Translator& tr);

// The same for a tick of an axis, which needs no decimals.
std::string TickIn(double value, Unit unit, const Translator& tr);

// The value below which `percent` of the samples lie; `percent` is one of kQuantileGrid.
double Quantile(const SeriesResult& series, int percent);

// The name of the class that draws a series, the same for a name wherever it occurs: threads and
// processes have a colour of their own each.
std::string_view ColorOf(std::string_view series);

}  // namespace bulkhead::charts

#endif  // BULKHEAD_REPORTS_CHARTS_MEASURED_H_
