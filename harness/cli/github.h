// What a job of GitHub Actions gets from a run without having to ask: its summary, and an
// annotation at each claim with an unexpected verdict.
//
// Runs in: supervisor.
#ifndef BULKHEAD_CLI_GITHUB_H_
#define BULKHEAD_CLI_GITHUB_H_

#include <string>

#include "harness/cli/command.h"
#include "harness/model/run_report.h"
#include "reports/writer.h"

namespace bulkhead {

// Outside of GitHub Actions nothing.  What goes wrong is a note: the run is done.
void TellGithub(const RunReport& report, const WriteOptions& options, const Context& context);

// The workflow commands, a line each; empty when nothing is unexpected.
std::string Annotations(const RunReport& report);

}  // namespace bulkhead

#endif  // BULKHEAD_CLI_GITHUB_H_
