// The directory of a run: its name, its files, its manifest.  Never overwritten; every file is
// written under a temporary name and renamed, so that there is no half of one.
//
// Runs in: supervisor.  What the person can mend (a directory that is not empty, a place that
// cannot be written) is of Error::Kind::kUser.
#ifndef BULKHEAD_CLI_RUN_DIRECTORY_H_
#define BULKHEAD_CLI_RUN_DIRECTORY_H_

#include <string>
#include <vector>

#include "harness/base/error.h"
#include "harness/model/run_report.h"
#include "reports/writer.h"

namespace bulkhead {

inline constexpr char kManifestName[] = "manifest.json";
inline constexpr char kRunsDirectory[] = "bulkhead-runs";

// The instant, UTC: "2026-11-21T10:00:32Z".
std::string TimeStamp();
// "20261121T100032Z-7f3a2c"; the tail keeps apart runs of one second.
std::string MakeRunId(const std::string& time_stamp, std::uint64_t seed);

// The directory in which the run's lies, or will lie.
std::string PlaceOfRuns(const std::string& asked);

// Creates `asked`, or bulkhead-runs/<run_id> when it is empty, and returns it.
Expected<std::string> CreateRunDirectory(const std::string& asked, const std::string& run_id);

// results.json, envelope.json, the reports, then manifest.json with the digest of every file.
Expected<void> WriteRunFiles(const std::string& directory, const RunReport& report,
                             const std::vector<const Writer*>& writers,
                             const WriteOptions& options);

// bulkhead-runs/latest.  A convenience: failure changes nothing.
void PointLatestAt(const std::string& directory);

}  // namespace bulkhead

#endif  // BULKHEAD_CLI_RUN_DIRECTORY_H_
