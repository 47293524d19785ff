// The run as a stream of events on stdout, for other programs: JSON Lines, one flushed line per
// event (harness/model/json_events.h).  People are told of the same beside it, on stderr.
//
// Runs in: supervisor, called as every listener of a campaign is.  Borrows all that it is given.
// A reader that goes away loses the stream and stops nothing; one that is there and does not read
// holds the run up, as with every pipe, as soon as the pipe is full.  A run that cannot be finished
// leaves the stream without its last event, run-finished.
#ifndef BULKHEAD_CLI_EVENT_STREAM_H_
#define BULKHEAD_CLI_EVENT_STREAM_H_

#include <string>
#include <vector>

#include "harness/cli/console.h"
#include "harness/model/json_events.h"
#include "harness/supervisor/campaign.h"

namespace bulkhead {

class EventStream : public ProgressListener {
 public:
  // What is told here is passed on to `people`.
  EventStream(const Stream& out, const RunPlan& plan, ProgressListener& people);

  void Begin(const std::string& directory);

  void Tick(const Progress& progress) override;  // an event at most once a second
  void TrialFinished(const Trial& trial) override;
  void TrialSlow(const RunningTrial& trial) override;
  void LeakFound(const Leak& leak) override;
  void ClaimDecided(std::size_t index, const Verdict& verdict) override;
  void Asked(const Progress& progress) override;
  void Interrupted(int times, std::size_t in_flight) override;
  void Notice(const std::string& text) override;

  // Claims not yet told, then run-finished, with all files that lie in the run's directory.
  void Finish(const RunReport& report);

 private:
  EventHead Next();
  void Tell(const std::string& event) const { out_.Line(event); }
  void TellClaim(std::size_t index, const Verdict& verdict);

  const Stream& out_;
  const RunPlan& plan_;
  ProgressListener& people_;
  const Nanoseconds began_;
  std::string directory_;
  std::uint64_t number_ = 0;
  std::vector<bool> told_;  // by index of the claim
  Nanoseconds progress_told_ = 0;
};

}  // namespace bulkhead

#endif  // BULKHEAD_CLI_EVENT_STREAM_H_
