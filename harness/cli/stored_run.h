// A run read back from its directory: the journal is judged again, nothing else is trusted.
//
// Runs in: anywhere.  What is no run is of Error::Kind::kUser and names the file.
#ifndef BULKHEAD_CLI_STORED_RUN_H_
#define BULKHEAD_CLI_STORED_RUN_H_

#include <cstdint>
#include <optional>
#include <string>

#include "harness/base/error.h"
#include "harness/model/run_report.h"

namespace bulkhead {

struct StoredRun {
  RunReport report;
  std::string journal;  // its path
  std::uint64_t records = 0;
  bool torn = false;                   // the journal was cut off by a kill
  std::optional<std::string> results;  // results.json as it lies beside the journal
};

// `run`: a run directory, a journal file, "latest", or the id of a run, which lies in bulkhead-runs
// or, having been sent elsewhere, here or in a directory of here.
Expected<StoredRun> ReadStoredRun(const std::string& run);

// One trial of a stored run.
struct StoredTrial {
  RunPlan plan;  // of its run
  Trial trial;
  std::int32_t cpu = -1;  // where its block ran; -1: all processors
};
Expected<StoredTrial> ReadStoredTrial(const std::string& run, std::uint64_t number);

}  // namespace bulkhead

#endif  // BULKHEAD_CLI_STORED_RUN_H_
