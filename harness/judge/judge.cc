#include "harness/judge/judge.h"

#include <algorithm>

#include "harness/base/msgid.h"
#include "harness/judge/selection.h"
#include "harness/judge/tally.h"
#include "harness/judge/verdicts.h"
#include "harness/model/standing.h"

namespace bulkhead {

struct Judge::State {
  RunPlan plan;
  std::vector<CellTally> cells;  // in the order of the plan
  std::map<CellKey, std::size_t> places;
  std::vector<std::vector<std::size_t>> cells_of;  // by claim
  std::vector<BrokenCell> broken;
  std::vector<Leak> leaks;
  std::optional<RunEnd> end;
  Nanoseconds last = 0;  // since the run began, of any record

  explicit State(RunPlan of);
  const CellTally* Find(const CellKey& key) const {
    const auto found = places.find(key);
    return found == places.end() ? nullptr : &cells[found->second];
  }
  CellTally* Find(const CellKey& key) {
    return const_cast<CellTally*>(static_cast<const State&>(*this).Find(key));
  }
  bool Finished(const CellTally& cell) const;
  RunEnd EndSoFar() const;

  void Take(const Trial& trial) {
    last = std::max(last, trial.started + trial.took);
    if (CellTally* cell = Find(trial.plan.cell)) cell->Add(trial, plan.claims);
  }
  void Take(const BrokenCell& found) {
    broken.push_back(found);
    CellTally* cell = Find(found.key);
    if (cell != nullptr && !cell->broken) cell->broken = found.why;
  }
  void Take(const Leak& leak) { leaks.push_back(leak); }
  void Take(const RunEnd& record) { end = record; }
  void Take(const RunPlan&) {}  // given at construction; the journal repeats it
  // Of these the time alone: each trial names its block, and carries its part of the ledger.
  void Take(const BlockStarted& block) { last = std::max(last, block.at); }
  void Take(const SignalIntent& intent) { last = std::max(last, intent.at); }
};

Judge::State::State(RunPlan of) : plan(std::move(of)), cells_of(plan.claims.size()) {
  std::map<std::string, const Manifest*> manifests;
  for (const Scenario& scenario : plan.scenarios) {
    manifests[scenario.manifest.name] = &scenario.manifest;
  }
  cells.reserve(plan.cells.size());
  for (const PlannedCell& planned : plan.cells) {
    CellTally cell;
    cell.planned = planned;
    const auto manifest = manifests.find(planned.key.scenario);
    if (manifest != manifests.end()) cell.manifest = manifest->second;
    for (std::size_t claim = 0; claim < plan.claims.size(); ++claim) {
      const Experiment& experiment = plan.claims[claim].experiment;
      // Without a manifest the tags are unknown: the name alone tells that the claim reads it.
      Manifest bare;
      bare.name = planned.key.scenario;
      const Manifest& known = cell.manifest != nullptr ? *cell.manifest : bare;
      if (!Reads(experiment, known, planned.key.vehicle)) continue;
      cells_of[claim].push_back(cells.size());
      cell.claims.emplace_back().claim = claim;
    }
    places.emplace(planned.key, cells.size());
    cells.push_back(std::move(cell));
  }
}

bool Judge::State::Finished(const CellTally& cell) const {
  if (!cell.planned.not_applicable.empty() || cell.broken) return true;
  if (!cell.HasAll(Arm::kNoFault) || !cell.HasAll(Arm::kPositive)) return false;
  return cell.HasAll(Arm::kTreatment) || HasEnough(cell, plan);
}

// The account of a run whose last record is missing.
RunEnd Judge::State::EndSoFar() const {
  RunEnd so_far;
  so_far.took = last;
  Accounting& account = so_far.accounting;
  const auto skip = [&](const char* why, std::uint64_t trials) {
    if (trials == 0) return;
    account.skipped += trials;
    account.skipped_because[why] += trials;
  };
  for (const CellTally& cell : cells) {
    const std::uint64_t planned =
        cell.planned.treatment + cell.planned.no_fault + cell.planned.positive;
    const std::uint64_t seen = cell.seen[0] + cell.seen[1] + cell.seen[2];
    const std::uint64_t missing = planned > seen ? planned - seen : 0;
    account.planned += seen + missing;
    account.executed += seen - cell.not_carried_out;
    account.broken += cell.not_carried_out;
    if (!cell.planned.not_applicable.empty()) {
      skip(Msgid("not applicable on this machine"), missing);
    } else if (cell.broken) {
      account.broken += missing;
    } else {
      skip(
          HasEnough(cell, plan) ? Msgid("enough was found") : Msgid("the journal ends before them"),
          missing);
    }
  }
  return so_far;
}

Judge::Judge(RunPlan plan) : state_(std::make_unique<State>(std::move(plan))) {}
Judge::~Judge() = default;
Judge::Judge(Judge&&) noexcept = default;
Judge& Judge::operator=(Judge&&) noexcept = default;

void Judge::Add(const Record& record) {
  std::visit([this](const auto& what) { state_->Take(what); }, record);
}

const RunPlan& Judge::plan() const { return state_->plan; }

bool Judge::Enough(const CellKey& key) const {
  const CellTally* cell = std::as_const(*state_).Find(key);
  return cell != nullptr && HasEnough(*cell, state_->plan);
}

bool Judge::Decided(std::size_t index) const {
  return state_->end.has_value() ||
         std::ranges::all_of(state_->cells_of.at(index), [&](std::size_t cell) {
           return state_->Finished(state_->cells[cell]);
         });
}

Verdict Judge::VerdictOf(std::size_t index) const {
  std::vector<const CellTally*> cells;
  for (const std::size_t cell : state_->cells_of.at(index)) cells.push_back(&state_->cells[cell]);
  return Decide(state_->plan, index, cells);
}

RunReport Judge::Report() const {
  RunReport report;
  report.plan = state_->plan;
  report.complete = state_->end.has_value();
  report.end = state_->end ? *state_->end : state_->EndSoFar();
  for (std::size_t index = 0; index < state_->plan.claims.size(); ++index) {
    report.verdicts.push_back(VerdictOf(index));
  }
  report.broken = state_->broken;
  report.leaks = state_->leaks;
  const auto keep = [&](const FirstTrial& first) {
    if (first.trial) report.decisive.emplace(first.trial->plan.id, *first.trial);
  };
  for (const CellTally& cell : state_->cells) {
    for (const ClaimTally& tally : cell.claims) {
      keep(tally.witness);
      keep(tally.typical);
    }
    keep(cell.failed_control);
    for (const Verdict& verdict : report.verdicts) {
      const FirstTrial& example = cell.void_example;
      if (example.trial && verdict.witness == example.trial->plan.id) keep(example);
    }
  }
  report.exit_code = ExitCodeOf(report);
  return report;
}

int ExitCodeOf(const RunReport& report) {
  const Accounting& account = report.end.accounting;
  if (report.end.interrupted) return 130;
  const auto any = [&](Standing standing) {
    return std::ranges::any_of(report.verdicts, [&](const Verdict& verdict) {
      return StandingOf(report, verdict) == standing;
    });
  };
  if (account.broken > 0 || !report.broken.empty() || any(Standing::kUnfit)) return 4;
  if (account.executed == 0) return 5;
  if (any(Standing::kUnexpected)) return 1;
  if (!report.complete || any(Standing::kUndecided)) return 3;
  return 0;
}

}  // namespace bulkhead
