#include "harness/model/run_event.h"

#include "harness/model/run_report.h"

namespace bulkhead {

PlanSize SizeOf(const RunPlan& plan) {
  PlanSize size;
  for (const PlannedCell& cell : plan.cells) {
    if (cell.not_applicable.empty()) {
      size.trials += cell.treatment + cell.no_fault + cell.positive;
    } else {
      ++size.not_applicable;
    }
  }
  return size;
}

}  // namespace bulkhead
