// The run as records, for pipes and logs: English, one per line, a word and key=value, no escapes.
// For a person at a terminal there are lines (run_lines.h).
//
// Runs in: anywhere.  Pure functions; no line has its newline.
#ifndef BULKHEAD_CLI_RECORDS_H_
#define BULKHEAD_CLI_RECORDS_H_

#include <string>
#include <string_view>
#include <vector>

#include "harness/model/run_event.h"
#include "harness/model/run_report.h"

namespace bulkhead {

// ` key=value`, quoted when the value has anything but plain characters.
std::string Field(std::string_view key, std::string_view value);

std::string RunRecord(const RunPlan& plan, const std::string& directory);
std::string PlanRecord(const RunPlan& plan);
std::string ProgressRecord(const Progress& progress);
std::string VerdictRecord(const Claim& claim, const Verdict& verdict);
std::string CellRecord(const std::string& claim, const CellResult& cell);
std::string SlowRecord(const RunningTrial& trial);
std::string LeakRecord(const Leak& leak);
// What needs attention: one record each, with the events of its decisive trial below it.
std::vector<std::string> AttentionRecords(const RunReport& report);
std::string SummaryRecord(const RunReport& report);

}  // namespace bulkhead

#endif  // BULKHEAD_CLI_RECORDS_H_
