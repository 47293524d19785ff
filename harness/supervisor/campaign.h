// Carries a plan out: blocks of trials over job slots in one poll loop, journal first.
//
// Runs in: supervisor.
#ifndef BULKHEAD_SUPERVISOR_CAMPAIGN_H_
#define BULKHEAD_SUPERVISOR_CAMPAIGN_H_

#include <string>
#include <vector>

#include "harness/base/clock.h"
#include "harness/base/error.h"
#include "harness/model/run_event.h"
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

// Called under the campaign's lock, from any of its threads; must not block for long.
class ProgressListener {
 public:
  virtual ~ProgressListener() = default;
  virtual void Tick(const Progress&) {}  // at most ten times a second
  virtual void TrialFinished(const Trial&) {}
  // It has been running for some seconds and goes on; once per trial.
  virtual void TrialSlow(const RunningTrial&) {}
  // It is cleaned up already.
  virtual void LeakFound(const Leak&) {}
  virtual void ClaimDecided(std::size_t /*index*/, const Verdict&) {
  }  // once per claim, in any order
  // Somebody asked with SIGUSR1 what runs now: the trials with their units.
  virtual void Asked(const Progress&) {}
  // SIGINT or SIGTERM came; `times`: how often so far, from 1.
  virtual void Interrupted(int /*times*/, std::size_t /*in_flight*/) {}
  virtual void Notice(const std::string&) {}  // broken plugins
};

// SIGINT and SIGTERM once: finish the trials in flight, then report; twice: stop them now.
// SIGUSR1: the listener is told what runs now.  It may be blocked before already, so that it does
// not end a program that is about to come here; units and zygotes start with an empty mask.
// An error means that nothing more could be recorded (journal unwritable); what was finished before
// is in the directory.
Expected<RunReport> RunCampaign(const Installation& installation, const RunPlan& plan,
                                const CampaignOptions& options, ProgressListener& listener);

}  // namespace bulkhead

#endif  // BULKHEAD_SUPERVISOR_CAMPAIGN_H_
