// What every command does that makes a run: a directory of its own, the campaign, the files.
//
// Runs in: supervisor.
#ifndef BULKHEAD_CLI_CONDUCT_H_
#define BULKHEAD_CLI_CONDUCT_H_

#include <string>
#include <vector>

#include "harness/base/error.h"
#include "harness/cli/command.h"
#include "harness/model/run_report.h"
#include "harness/supervisor/campaign.h"
#include "reports/writer.h"

namespace bulkhead {

// Before the command starts anything: what it starts can be found again by the next run, and who
// asks before the campaign can answer does not end it.
void BecomeSupervisor();

// Completes `plan` with what is the same for all runs (name, time, machine, as typed), removes what
// killed runs have left, and creates the directory, `output` or one in bulkhead-runs.
Expected<std::string> OpenRun(RunPlan& plan, const std::string& output, const Context& context);

// RunCampaign, with an error that says what is kept.
Expected<RunReport> Conduct(const Installation& installation, const RunPlan& plan,
                            const CampaignOptions& options, ProgressListener& listener);

// WriteRunFiles, in the same way.
Expected<void> CloseRun(const std::string& directory, const RunReport& report,
                        const std::vector<const Writer*>& writers, const WriteOptions& options);

}  // namespace bulkhead

#endif  // BULKHEAD_CLI_CONDUCT_H_
