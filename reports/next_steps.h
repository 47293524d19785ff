// What a person can type next about a verdict: commands, ready to be copied.
//
// Runs in: anywhere.  Pure functions.
#ifndef BULKHEAD_REPORTS_NEXT_STEPS_H_
#define BULKHEAD_REPORTS_NEXT_STEPS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "harness/model/run_report.h"

namespace bulkhead {

// For the claim of report.verdicts[index]: the page that explains it; where a trial speaks against
// what was expected, the run of that cell alone; where something is missing, the doctor.
std::vector<std::string> NextSteps(const RunReport& report, std::size_t index);

}  // namespace bulkhead

#endif  // BULKHEAD_REPORTS_NEXT_STEPS_H_
