// Shows a campaign while it runs.  On a terminal: a live line on stderr, and a line per decided
// claim on stdout.  Elsewhere: records, one per line (records.h), and a progress record a minute.
//
// Runs in: supervisor, called from its poll loop.  Never hides the cursor and never touches the
// terminal's mode, so that no way to end leaves it disturbed.  A TerminalProgress borrows the plan.
#ifndef BULKHEAD_CLI_TERMINAL_PROGRESS_H_
#define BULKHEAD_CLI_TERMINAL_PROGRESS_H_

#include <string>
#include <vector>

#include "harness/cli/console.h"
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
  void ClaimDecided(std::size_t index, const Verdict& verdict) override;
  void Notice(const std::string& text) override;

  // Claims not yet shown, what needs attention, the summary, where the report lies, and as last
  // line the accounting.
  void Finish(const RunReport& report, const std::string& report_path);

 private:
  void ShowPlan(const std::string& directory) const;
  void Clear();

  const Console console_;
  const RunPlan& plan_;
  const ShowOptions options_;
  const bool records_;  // stdout gets records
  ProgressStyle style_;
  std::size_t id_width_ = 0;
  std::vector<bool> shown_;  // by index of the claim
  bool live_ = false;        // there is a live line on stderr
  Nanoseconds drawn_ = 0;
  Nanoseconds recorded_ = 0;
};

}  // namespace bulkhead

#endif  // BULKHEAD_CLI_TERMINAL_PROGRESS_H_
