// What has been counted in one cell so far: once for the cell, and once for each claim that reads
// it. Bounded: a few trials are kept whole, of the others only counts.
//
// Runs in: anywhere.  Internal to harness/judge.
#ifndef BULKHEAD_JUDGE_TALLY_H_
#define BULKHEAD_JUDGE_TALLY_H_

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "harness/judge/findings.h"
#include "harness/model/run_report.h"

namespace bulkhead {

// The event with the smallest trial id wins: jobs finish in any order, the verdict shall not
// differ.
struct FirstText {
  std::uint64_t trial = ~std::uint64_t{0};
  Message text;
  void Offer(std::uint64_t id, const Message& what);
};
struct FirstTrial {
  std::shared_ptr<const Trial> trial;
  bool Wants(std::uint64_t id) const { return trial == nullptr || id < trial->plan.id; }
};

// One sample series of a cell.  Bounded: the trials with the smallest ids stay, in whatever order
// they came.
class Series {
 public:
  void Add(std::uint64_t trial, const std::vector<std::uint64_t>& values);
  std::vector<std::uint64_t> Values() const;  // of all trials that stayed, by id

 private:
  std::map<std::uint64_t, std::vector<std::uint64_t>> by_trial_;
  std::size_t samples_ = 0;
};

// Pairs of counted trials of one seed; the second, with the larger id, replays the first.
class Replays {
 public:
  void Add(const TrialPlan& plan, bool shown);
  std::uint64_t tried() const { return tried_; }  // of trials that showed the finding
  std::uint64_t again() const { return again_; }  // ... and it was shown again

 private:
  struct One {
    std::uint64_t trial = 0;
    bool shown = false;
  };
  std::map<std::uint64_t, One> unpaired_;  // by seed; what has found its partner is forgotten
  std::uint64_t tried_ = 0, again_ = 0;
};

// One cell for one claim.
struct ClaimTally {
  std::size_t claim = 0;  // index in the plan
  std::uint64_t counted = 0;
  std::uint64_t found = 0;
  std::uint64_t unclear = 0;  // fired and unspoilt, but silent on what this claim asks
  FirstText first_unclear;
  FirstTrial witness, typical;
  Replays replays;
};

struct CellTally {
  PlannedCell planned;
  const Manifest* manifest = nullptr;   // null: the plan knows no such scenario
  std::array<std::uint64_t, 3> seen{};  // trials by Arm
  std::uint64_t void_trials = 0;
  std::uint64_t troubled = 0;
  std::uint64_t not_carried_out = 0;  // of all arms: harness, machine or plugin failed
  FirstText first_void, first_trouble;
  ControlTally no_fault, positive;
  FirstText no_fault_failure, positive_failure, control_trouble;
  FirstTrial failed_control, void_example;
  std::set<std::uint64_t> blocks;  // of the counted trials
  std::map<std::string, std::uint64_t> victim_fates, bystander_fates;
  std::map<std::string, Series> series;  // of the counted trials, by name
  std::optional<std::string> broken;
  std::vector<ClaimTally> claims;

  void Add(const Trial& trial, const std::vector<Claim>& plan_claims);
  const ClaimTally* Of(std::size_t claim) const;
  bool HasAll(Arm arm) const;  // as many trials as planned
  // Not empty: no trial of the cell could be carried out, and why.
  Message WhyBroken() const;

 private:
  void AddControl(const Trial& trial, const Examined& examined);
  void Gather(const Trial& trial);
  void AddTreatment(const Trial& trial, const Examined& examined,
                    const std::vector<Claim>& plan_claims);
};

// Short form for counting alike ends: "signaled SIGSEGV", "exited 0", "corrupt".
std::string FateWord(const Fate& fate);

}  // namespace bulkhead

#endif  // BULKHEAD_JUDGE_TALLY_H_
