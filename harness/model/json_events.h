// The stream of events: what `run --message-format json` tells other programs while the run goes
// on.  One line of JSON per event, each complete in itself: the name of its schema
// (reports/schema/events-1.schema.json), its number, when it was, what it is.
//
// Encoding never fails, as in json.h; no line has its newline.  Runs in: supervisor.
#ifndef BULKHEAD_MODEL_JSON_EVENTS_H_
#define BULKHEAD_MODEL_JSON_EVENTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "harness/model/run_event.h"
#include "harness/model/run_report.h"

namespace bulkhead {

// What every event has.
struct EventHead {
  std::uint64_t number = 0;  // in the stream, from 1: a gap is a loss
  Nanoseconds at = 0;        // since the stream began
};

std::string EncodeRunStarted(const EventHead& head, const RunPlan& plan,
                             const std::string& directory);
std::string EncodeNotice(const EventHead& head, const std::string& text);
std::string EncodeProgress(const EventHead& head, const Progress& progress);
std::string EncodeTrialSlow(const EventHead& head, const RunningTrial& trial);
std::string EncodeLeak(const EventHead& head, const Leak& leak);
// The verdict has the form that it has in results.json.
std::string EncodeClaimDecided(const EventHead& head, const Claim& claim, const Verdict& verdict);
// What runs now, for somebody who asked (SIGUSR1).
std::string EncodeRunStatus(const EventHead& head, const Progress& progress);
// `files`: relative to `directory`.
std::string EncodeRunFinished(const EventHead& head, const RunReport& report,
                              const std::string& directory, const std::vector<std::string>& files);

}  // namespace bulkhead

#endif  // BULKHEAD_MODEL_JSON_EVENTS_H_
