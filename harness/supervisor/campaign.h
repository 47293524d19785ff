// Carries a plan out: blocks of trials over job slots in one poll loop, journal first.
//
// Runs in: supervisor.
#ifndef BULKHEAD_SUPERVISOR_CAMPAIGN_H_
#define BULKHEAD_SUPERVISOR_CAMPAIGN_H_

#include <string>
#include <vector>

#include "harness/base/clock.h"
#include "harness/base/error.h"
#include "harness/model/run_report.h"
#include "harness/supervisor/catalog.h"

namespace bulkhead {

enum class CorePolicy { kOff, kOn, kAsIs };

struct CampaignOptions {
  std::string directory;  // exists and is empty; the journal goes there
  Nanoseconds trial_timeout = 5 * kSecond;
  CorePolicy core = CorePolicy::kOff;
  // For the proof that verdicts come from evidence: what the harness shall not see or do.
  // Recorded in the run's command line.  Values: "canary", "injection", "challenge", "wait".
  std::vector<std::string> blind;
};

struct RunningUnit {
  std::string cell;
  std::uint64_t trial = 0;
  Nanoseconds for_ns = 0;
};

struct Progress {
  std::uint64_t done = 0, planned = 0;  // trials; planned shrinks when cells stop early
  Nanoseconds elapsed = 0;
  double rate = 0.0;  // trials per second, recent
  std::vector<RunningUnit> running;
};

// Called from the poll loop between trials; must not block for long.
class ProgressListener {
 public:
  virtual ~ProgressListener() = default;
  virtual void Tick(const Progress&) {}  // at most ten times a second
  virtual void TrialFinished(const Trial&) {}
  virtual void ClaimDecided(std::size_t /*index*/, const Verdict&) {
  }                                           // once per claim, in any order
  virtual void Notice(const std::string&) {}  // leaks, broken plugins, interruption
};

// SIGINT and SIGTERM once: finish the trials in flight, then report; twice: stop them now.
// An error means that nothing more could be recorded (journal unwritable); what was finished before
// is in the directory.
Expected<RunReport> RunCampaign(const Installation& installation, const RunPlan& plan,
                                const CampaignOptions& options, ProgressListener& listener);

}  // namespace bulkhead

#endif  // BULKHEAD_SUPERVISOR_CAMPAIGN_H_
