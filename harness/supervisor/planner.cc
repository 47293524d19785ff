#include "harness/supervisor/planner.h"

#include <algorithm>
#include <map>
#include <set>

#include "harness/base/msgid.h"
#include "harness/base/suggest.h"
#include "harness/judge/bounds.h"
#include "harness/judge/selection.h"

namespace bulkhead {
namespace {

bool AnyMatches(const std::vector<std::string>& globs, const std::string& text) {
  return std::ranges::any_of(globs, [&](const auto& glob) { return MatchesGlob(glob, text); });
}

bool Contains(const std::vector<std::string>& list, const std::string& word) {
  return std::ranges::find(list, word) != list.end();
}

// What several claims together ask of one cell.
struct Demand {
  const Scenario* scenario = nullptr;
  bool counted = false;  // some claim counts findings here; otherwise it only takes samples
  double target = 1.0;   // the strictest of those that do
};

class Planner {
 public:
  explicit Planner(const PlanRequest& request) : request_(request) {
    for (const Scenario& scenario : request.scenarios) {
      names_.push_back(scenario.manifest.name);
      for (const std::string& tag : scenario.manifest.tags) {
        if (!Contains(tags_, tag)) tags_.push_back(tag);
      }
    }
    std::ranges::sort(names_);
    std::ranges::sort(tags_);
  }

  Expected<RunPlan> Make() {
    RunPlan plan;
    plan.seed = request_.seed;
    plan.confidence = request_.confidence;
    plan.jobs = request_.jobs;
    plan.profile = request_.profile.name;
    plan.undecided_is_fine = request_.profile.undecided_is_fine;
    for (const Claim& claim : request_.claims) {
      Expected<Selected> selected = Add(claim);
      if (!selected) return tl::make_unexpected(selected.error());
      // A claim all of whose cells were deselected is no part of this run.
      if (selected->cells == 0) continue;
      plan.claims.push_back(claim);
      // What a stock system shows in the whole experiment says nothing of a part of it.
      if (selected->left_out) plan.claims.back().expect.reset();
      Claim& planned = plan.claims.back();
      if (claim.quantifier != Quantifier::kAlways) continue;
      // The plan carries the target that was asked for, by which the stored run is judged, too.
      planned.target = TargetOf(claim);
      // Few trials may well miss what the claim expects to be found now and then.
      if (planned.target > claim.target && claim.expect != Outcome::kSupported) {
        planned.expect.reset();
      }
    }
    if (demands_.empty()) {
      return FailUser(
          "nothing to run: no claim has a cell left; accepted: a selection of claims, "
          "faults and vehicles that meet (see `bulkhead explain CLAIM`)");
    }
    std::set<std::string> used;
    for (const auto& [key, demand] : demands_) {
      plan.cells.push_back(CellOf(key, demand));
      used.insert(key.scenario);
    }
    for (const Scenario& scenario : request_.scenarios) {
      if (used.contains(scenario.manifest.name)) plan.scenarios.push_back(scenario);
    }
    return plan;
  }

 private:
  static tl::unexpected<Error> Refuse(const Claim& claim, int line, const std::string& what) {
    return FailUser(claim.file + ":" + std::to_string(line) + ": claim \"" + claim.id +
                    "\": " + what);
  }

  int LineOf(const Claim& claim, const std::string& entry) const {
    return request_.line_of_entry ? request_.line_of_entry(claim, entry) : claim.line;
  }

  Expected<void> CheckNames(const Claim& claim) const {
    const Experiment& experiment = claim.experiment;
    for (const std::string& tag : experiment.tags) {
      if (!Contains(tags_, tag)) {
        return Refuse(claim, LineOf(claim, tag),
                      "no scenario carries the tag \"" + tag + "\"" + Accepted(tag, tags_));
      }
    }
    for (const auto* list : {&experiment.names, &experiment.except}) {
      for (const std::string& name : *list) {
        if (!Contains(names_, name)) {
          return Refuse(claim, LineOf(claim, name),
                        "unknown scenario \"" + name + "\"" + Accepted(name, names_));
        }
      }
    }
    return {};
  }

  // The bound that its clean cells shall reach.
  double TargetOf(const Claim& claim) const {
    if (request_.bound) return *request_.bound;
    const bool waits = std::ranges::any_of(request_.scenarios, [&](const Scenario& scenario) {
      return scenario.manifest.MayHang() && Selects(claim.experiment, scenario.manifest);
    });
    return request_.profile.BoundFor(claim.target, waits);
  }

  // What a run takes over of one claim's experiment.
  struct Selected {
    std::size_t cells = 0;
    bool left_out = false;  // some cell was deselected, or some scenario is refused here
  };

  Expected<Selected> Add(const Claim& claim) {
    if (Expected<void> known = CheckNames(claim); !known) {
      return tl::make_unexpected(known.error());
    }
    bool selects = false, some_granted = false, some_refused = false;
    Selected selected;
    // `may` has no target of its own: what is missing to a witness is told with the same bound.
    const double target = TargetOf(claim);
    for (const Scenario& scenario : request_.scenarios) {
      if (!Selects(claim.experiment, scenario.manifest)) continue;
      selects = true;
      const std::string& name = scenario.manifest.name;
      const bool fault_wanted =
          request_.only_faults.empty() || AnyMatches(request_.only_faults, name);
      // What the person must allow first is no part of what a stock run shows.
      if (scenario.manifest.danger == Danger::kContained) {
        (WhyNoScenario(scenario.manifest).empty() ? some_granted : some_refused) = true;
      }
      for (const VehicleKind vehicle : claim.experiment.vehicles) {
        if (!Suits(vehicle, scenario.manifest)) continue;
        const auto& only = request_.only_vehicles;
        const bool vehicle_wanted = only.empty() || std::ranges::find(only, vehicle) != only.end();
        if (!fault_wanted || !vehicle_wanted) {
          selected.left_out = true;
          continue;
        }
        ++selected.cells;
        Demand& demand = demands_[CellKey{name, vehicle}];
        demand.scenario = &scenario;
        if (claim.quantifier == Quantifier::kRatio) continue;
        demand.counted = true;
        demand.target = std::min(demand.target, target);
      }
    }
    // What is left may have another answer than the whole: an ordinary user never sees the scenario
    // that makes a claim conditional.
    selected.left_out |= some_granted && some_refused;
    if (!selects) {
      return Refuse(claim, claim.line,
                    "its experiment selects no scenario: `except` names all of them");
    }
    return selected;
  }

  // What a scenario needs of its vehicle the others do not have on any machine: no cell there.
  static bool Suits(VehicleKind vehicle, const Manifest& manifest) {
    return std::ranges::all_of(manifest.needs, [&](const std::string& need) {
      return !IsGivenByVehicle(need) || TraitsOf(vehicle).Gives(need);
    });
  }

  PlannedCell CellOf(const CellKey& key, const Demand& demand) {
    const Manifest& manifest = demand.scenario->manifest;
    PlannedCell cell;
    cell.key = key;
    const bool measures = manifest.kind == ScenarioKind::kMeasure || !demand.counted;
    if (request_.trials) {
      cell.treatment = *request_.trials;
    } else {
      cell.treatment = measures ? request_.profile.measure_trials
                                : TrialsForBound(demand.target, request_.confidence);
    }
    if (!measures) {  // samples have no bystander who could be hit, nor a fault to leave out
      const std::uint64_t controls = request_.profile.no_fault;
      cell.no_fault = std::min(controls, request_.trials.value_or(controls));
      cell.positive = request_.profile.positive;
    }
    cell.not_applicable = WhyNot(key.vehicle, manifest);
    return cell;
  }

  std::string WhyNot(VehicleKind vehicle, const Manifest& manifest) {
    if (manifest.ends.empty()) return Msgid("it has no certain effect here");
    // Asked once each: the machine is asked by trying.
    auto [vehicle_answer, new_vehicle] = vehicle_answers_.try_emplace(vehicle);
    if (new_vehicle && request_.why_no_vehicle) {
      vehicle_answer->second = request_.why_no_vehicle(vehicle);
    }
    return vehicle_answer->second.empty() ? WhyNoScenario(manifest) : vehicle_answer->second;
  }

  const std::string& WhyNoScenario(const Manifest& manifest) {
    auto [scenario_answer, new_scenario] = scenario_answers_.try_emplace(manifest.name);
    if (new_scenario && request_.why_no_scenario) {
      scenario_answer->second = request_.why_no_scenario(manifest);
    }
    return scenario_answer->second;
  }

  const PlanRequest& request_;
  std::vector<std::string> names_, tags_;
  std::map<CellKey, Demand> demands_;  // in the order of the plan
  std::map<VehicleKind, std::string> vehicle_answers_;
  std::map<std::string, std::string> scenario_answers_;
};

}  // namespace

Expected<RunPlan> MakePlan(const PlanRequest& request) { return Planner(request).Make(); }

}  // namespace bulkhead
