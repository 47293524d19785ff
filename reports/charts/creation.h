// Creation has two figures of its own: the ways beside each other as distribution functions, and
// what they cost where the parent has much memory.
//
// Runs in: anywhere.  Pure functions.
#ifndef BULKHEAD_REPORTS_CHARTS_CREATION_H_
#define BULKHEAD_REPORTS_CHARTS_CREATION_H_

#include <optional>

#include "reports/charts/figure.h"
#include "reports/charts/measured.h"

namespace bulkhead::charts {

// Of the cell that has most ways of creation; none with fewer than two.
std::optional<Figure> CreationCurves(const MeasuredGroup& creation, const Translator& tr);

// Of the cells that say how much memory the parent had; none with fewer than two.
std::optional<Figure> CreationGrowth(const MeasuredGroup& creation, const Translator& tr);

}  // namespace bulkhead::charts

#endif  // BULKHEAD_REPORTS_CHARTS_CREATION_H_
