// One campaign: what was asked (RunPlan), what came of it (RunReport).  The report is the only
// input of every writer.
//
// Runs in: anywhere.
#ifndef BULKHEAD_MODEL_RUN_REPORT_H_
#define BULKHEAD_MODEL_RUN_REPORT_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/model/claim.h"
#include "harness/model/envelope.h"
#include "harness/model/scenario.h"
#include "harness/model/trial.h"
#include "harness/model/verdict.h"

namespace bulkhead {

// A cell as planned.  Several claims may read the same cell.
struct PlannedCell {
  CellKey key;
  std::uint64_t treatment = 0;  // trials
  std::uint64_t no_fault = 0;
  std::uint64_t positive = 0;
  std::string not_applicable;  // reason; empty: it can be run here
};

struct StoppingRule {
  // A cell stops early when every claim that reads it has seen its finding this often.
  std::uint64_t enough = 20;
};

// What a run does instead of trials of its own: one trial of another run, again and again.
struct Replay {
  std::string run_id;        // of the run that it is from
  TrialPlan trial;           // as it was planned there
  std::int32_t cpu = -1;     // where everything ran there; -1: all processors
  bool same_layout = false;  // one block for all repetitions; else each has its own
};

// The first record of the journal: with it alone the run can be judged again.
struct RunPlan {
  std::string run_id;
  std::string tool_version;
  std::string command_line;
  std::string started;  // ISO 8601, UTC
  std::uint64_t seed = 0;
  double confidence = 0.95;
  std::uint32_t jobs = 1;
  std::string profile;             // what decided how much; empty: older than profiles
  bool undecided_is_fine = false;  // for want of trials: the profile asks for very few
  Nanoseconds estimate = 0;        // of the time that it takes, made before the run; 0: none
  StoppingRule stopping;
  std::vector<Claim> claims;
  std::vector<Scenario> scenarios;
  std::vector<PlannedCell> cells;
  Envelope envelope;
  // What runs that were killed had left here and this one removed, before it made anything.
  std::vector<std::string> cleaned_up;
  std::vector<std::string> blind;  // observers switched off on purpose; empty in honest runs
  std::optional<Replay> replay;    // then there is one cell, with trials of one arm
};

// Planned = executed + skipped + broken, in trials of all arms.
struct Accounting {
  std::uint64_t planned = 0;
  std::uint64_t executed = 0;
  std::uint64_t skipped = 0;  // reasons below
  std::uint64_t broken = 0;   // could not be carried out by harness, machine or plugin
  std::map<std::string, std::uint64_t> skipped_because;
};

// Something of a plugin that could not be used.
struct BrokenCell {
  CellKey key;
  std::string why;
};

// The last record of the journal.
struct RunEnd {
  Accounting accounting;
  bool interrupted = false;
  Nanoseconds took = 0;
};

struct RunReport {
  RunPlan plan;
  RunEnd end;
  bool complete = false;          // the journal has its last record
  std::vector<Verdict> verdicts;  // in the order of plan.claims
  std::vector<BrokenCell> broken;
  std::vector<Leak> leaks;
  std::map<std::uint64_t, Trial> decisive;  // by trial id: witnesses and typical trials
  std::string journal_digest;               // head of the hash chain
  int exit_code = 0;
};

}  // namespace bulkhead

#endif  // BULKHEAD_MODEL_RUN_REPORT_H_
