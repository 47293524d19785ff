// Folds the journal into verdicts.  The same fold runs during a campaign (after each record is
// safe) and over a stored journal: the verdicts are the same.
//
// Runs in: anywhere.  No clock, no I/O.
#ifndef BULKHEAD_JUDGE_JUDGE_H_
#define BULKHEAD_JUDGE_JUDGE_H_

#include <memory>
#include <string>

#include "harness/model/json.h"
#include "harness/model/run_report.h"

namespace bulkhead {

class Judge {
 public:
  // A copy of the plan is kept.
  explicit Judge(RunPlan plan);
  ~Judge();
  Judge(Judge&&) noexcept;
  Judge& operator=(Judge&&) noexcept;

  void Add(const Record& record);

  const RunPlan& plan() const;

  // The stopping rule: every claim that reads the cell has found enough in it.
  bool Enough(const CellKey& cell) const;
  // No more trial of the plan can change this claim's verdict; `index` as in plan().claims.
  bool Decided(std::size_t index) const;
  Verdict VerdictOf(std::size_t index) const;

  // Everything but journal_digest, which the reader of the journal knows.
  RunReport Report() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// 0 all as expected, 1 a verdict unexpected, 3 inconclusive or not all executed, 4 a control failed
// or something is broken, 5 nothing ran, 130 interrupted.  The first of 130, 4, 5, 1, 3, 0 that is
// so: an interruption or a breakage explains why nothing ran, not the other way round.
int ExitCodeOf(const RunReport& report);

}  // namespace bulkhead

#endif  // BULKHEAD_JUDGE_JUDGE_H_
