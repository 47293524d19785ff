// The run as lines: for a person at a terminal (aligned, a symbol beside every word) and for pipes
// and logs (English, one record per line, key=value, no escapes).  The final report of a terminal
// is a writer of its own (reports/terminal.cc).
//
// Runs in: anywhere.  Pure functions; no line has its newline.
#ifndef BULKHEAD_CLI_RECORDS_H_
#define BULKHEAD_CLI_RECORDS_H_

#include <string>
#include <string_view>
#include <vector>

#include "harness/cli/console.h"
#include "harness/model/run_report.h"
#include "harness/supervisor/campaign.h"

namespace bulkhead {

// ` key=value`, quoted when the value has anything but plain characters.
std::string Field(std::string_view key, std::string_view value);

Tone ToneOf(const Verdict& verdict);

// " ✔ supported      crash.process-contained            0/8970, ≤ 0.04 %"; "!" in front when the
// verdict is not the expected one.  `id_width`: columns of the longest id, for alignment.
std::string VerdictLine(const Claim& claim, const Verdict& verdict, std::size_t id_width,
                        const Stream& stream);

// "[####----]  1844/3600  51 %  1240/s  54 s left  null-store/fork", three columns stay free.
std::string LiveLine(const Progress& progress, int width);

// "profile quick: 48 claims, 103,210 trials in 304 of 320 cells, 3 jobs, about 2 min".
std::string PlanLine(const RunPlan& plan);

// ---- Records.
std::string RunRecord(const RunPlan& plan, const std::string& directory);
std::string PlanRecord(const RunPlan& plan);
std::string ProgressRecord(const Progress& progress);
std::string VerdictRecord(const Claim& claim, const Verdict& verdict);
std::string CellRecord(const std::string& claim, const CellResult& cell);
// What needs attention: one record each, with the events of its decisive trial below it.
std::vector<std::string> AttentionRecords(const RunReport& report);
std::string SummaryRecord(const RunReport& report);

}  // namespace bulkhead

#endif  // BULKHEAD_CLI_RECORDS_H_
