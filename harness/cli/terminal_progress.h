// Shows a campaign to people while it runs.  On a terminal: a live line on stderr, and a line per
// decided claim on stdout (run_lines.h).  Elsewhere: records, one per line (records.h), and a
// progress record a minute.  Who asks with SIGUSR1 is answered on stderr.
//
// Runs in: supervisor, called as every listener of a campaign is.  Never hides the cursor and never
// touches the terminal's mode, so that no way to end leaves it disturbed.  A TerminalProgress
// borrows the plan.
#ifndef BULKHEAD_CLI_TERMINAL_PROGRESS_H_
#define BULKHEAD_CLI_TERMINAL_PROGRESS_H_

#include <set>
#include <string>
#include <vector>

#include "harness/cli/console.h"
#include "harness/cli/run_lines.h"
#include "harness/supervisor/campaign.h"

namespace bulkhead {

enum class ProgressStyle {
  kAuto,   // kBar on a terminal, else kPlain
  kBar,    // a live line
  kPlain,  // records
  kNone,
};

struct ShowOptions {
  ProgressStyle progress = ProgressStyle::kAuto;
  bool quiet = false;    // nothing but the summary
  bool verbose = false;  // every cell
  std::string language = "en";
};

class TerminalProgress : public ProgressListener {
 public:
  TerminalProgress(const Console& console, const RunPlan& plan, const ShowOptions& options);
  ~TerminalProgress() override;  // takes the live line away

  void Begin(const std::string& directory);

  void Tick(const Progress& progress) override;
  void TrialSlow(const RunningTrial& trial) override;  // shown once per cell
  void LeakFound(const Leak& leak) override;
  void ClaimDecided(std::size_t index, const Verdict& verdict) override;
  void Asked(const Progress& progress) override;
  void Interrupted(int times, std::size_t in_flight) override;
  void Notice(const std::string& text) override;

  // Claims not yet shown, what needs attention, the summary, where the report lies, and as last
  // line the accounting.
  void Finish(const RunReport& report, const std::string& report_path);
  void Clear();  // the live line

 private:
  void ShowPlan(const std::string& directory) const;
  void ShowClaim(std::size_t index, const Verdict& verdict);
  // Above the live line.
  void Say(const Stream& stream, const std::vector<std::string>& lines);
  // A record on stdout, or lines on stderr.
  template <typename Record, typename Lines>
  void Say(Record record, Lines lines);
  Face FaceOf(const Stream& stream) const;

  const Console console_;
  const RunPlan& plan_;
  const ShowOptions options_;
  const bool records_;   // stdout gets records
  const Translator tr_;  // records are English
  ProgressStyle style_;
  std::size_t id_width_ = 0;
  std::vector<bool> shown_;  // by index of the claim
  Tally tally_;              // of the claims that are decided
  std::set<CellKey> slow_;
  bool live_ = false;  // there is a live line on stderr
  Nanoseconds drawn_ = 0;
  Nanoseconds recorded_ = 0;
};

}  // namespace bulkhead

#endif  // BULKHEAD_CLI_TERMINAL_PROGRESS_H_
