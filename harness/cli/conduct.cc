#include "harness/cli/conduct.h"

#include <csignal>

#include "harness/cli/run_directory.h"
#include "harness/cli/stored_run.h"
#include "harness/os/signals.h"
#include "harness/supervisor/preflight.h"
#include "harness/supervisor/remains.h"

namespace bulkhead {

void BecomeSupervisor() {
  MarkDescendants();
  os::Hold(SIGUSR1);
}

Expected<std::string> OpenRun(RunPlan& plan, const std::string& output, const Context& context) {
  plan.started = TimeStamp();
  plan.run_id = MakeRunId(plan.started, plan.seed);
  plan.tool_version = BULKHEAD_VERSION;
  plan.command_line = context.command_line;
  plan.envelope = TakeEnvelope();
  plan.cleaned_up = RemoveRemains(UsualPlaces(PlaceOfRuns(output)));
  return CreateRunDirectory(output, plan.run_id);
}

Expected<RunReport> Conduct(const Installation& installation, const RunPlan& plan,
                            const CampaignOptions& options, ProgressListener& listener) {
  auto report = RunCampaign(installation, plan, options, listener);
  if (report) return report;
  // Without a readable plan in the journal there is nothing to be reported.
  const bool recorded = ReadStoredRun(options.directory).has_value();
  return FailWith(recorded
                      ? "the run was cut short; what it recorded is kept, see `bulkhead report " +
                            options.directory + "`"
                      : "the run could not begin, and " + options.directory + " holds no record",
                  report.error());
}

Expected<void> CloseRun(const std::string& directory, const RunReport& report,
                        const std::vector<const Writer*>& writers, const WriteOptions& options) {
  auto written = WriteRunFiles(directory, report, writers, options);
  if (written) return written;
  return FailWith(
      "the journal is complete, but not all reports could be written, see `bulkhead report " +
          directory + "`",
      written.error());
}

}  // namespace bulkhead
