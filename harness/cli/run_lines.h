// A run while it goes on, as lines for a person at a terminal: words in a column that is aligned
// to the right, a symbol beside each; beside them what it is about, in the reader's language.  For
// pipes and logs there are records (records.h); the page at the end is a writer of its own
// (reports/terminal.cc).
//
// Runs in: anywhere.  Pure functions; no line has its newline, none is wider than asked, and ids
// are never cut: what does not fit goes to a line of its own.
#ifndef BULKHEAD_CLI_RUN_LINES_H_
#define BULKHEAD_CLI_RUN_LINES_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "harness/cli/console.h"
#include "harness/model/run_event.h"
#include "harness/model/run_report.h"
#include "reports/translator.h"

namespace bulkhead {

// Where lines go: how wide, with which colours, for whom.
struct Face {
  std::size_t width = 80;          // columns; less than 40 is taken as 40
  const Stream* stream = nullptr;  // paints; borrowed
  Translator tr;
};

Tone ToneOf(const Verdict& verdict);

// How far the claims are, for the live line.
struct Tally {
  std::size_t unexpected = 0;
  std::size_t open = 0;  // inconclusive
};

// "       Starting  2 claims, 2,050 trials in 2 of 3 cells, 3 jobs, about 45 s (profile quick)".
std::vector<std::string> PlanLines(const RunPlan& plan, const Face& face);
// The same without a word before it.
std::string PlanLine(const RunPlan& plan, const Translator& tr = Translator());

// "    ✔ supported  crash.process-contained  0/8,970, ≤ 0.04 %".  With what happened to the
// bystanders where that is the news, and "!" when the claim's file expects something else:
// "     !✘ refuted  crash.process-contained  3/588, trial 7, SIGSEGV, expected supported".
// `id_width`: columns of the longest id, for alignment.
std::vector<std::string> VerdictLines(const Claim& claim, const Verdict& verdict,
                                      std::size_t id_width, const Face& face);
// "SIGSEGV", "corrupt": how most bystanders ended that did not come through; empty when that is
// no news.
std::string News(const Claim& claim, const Verdict& verdict);

// "           note  ..."
std::vector<std::string> NoteLines(std::string_view text, const Face& face);
// "         ! SLOW  spin/fork: trial 17 has taken 3.0 s so far".
std::vector<std::string> SlowLines(const RunningTrial& trial, const Face& face);
// "         ! LEAK  fork-bomb/fork, block 3: process 4711 ..."
std::vector<std::string> LeakLines(const Leak& leak, const Face& face);
// What runs now, each trial with its units.
std::vector<std::string> StatusLines(const Progress& progress, const Face& face);
std::string InterruptedText(int times, std::size_t in_flight, const Translator& tr);

// "[####------]  39 %  592/1,487  318/s  0:03 left  1 unexpected  2 open  spin/fork (3 s)"; three
// columns stay free.
std::string LiveLine(const Progress& progress, const Tally& tally, int width, const Translator& tr);

}  // namespace bulkhead

#endif  // BULKHEAD_CLI_RUN_LINES_H_
