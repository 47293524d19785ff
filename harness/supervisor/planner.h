// Claims and scenarios -> the cells of a run, with how many trials of which arm.
//
// Runs in: supervisor.  Asks nothing of the machine but through WhyNoVehicle and WhyNoScenario.
#ifndef BULKHEAD_SUPERVISOR_PLANNER_H_
#define BULKHEAD_SUPERVISOR_PLANNER_H_

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "harness/base/error.h"
#include "harness/model/run_report.h"
#include "harness/supervisor/profile.h"

namespace bulkhead {

struct PlanRequest {
  std::vector<Claim> claims;               // already selected
  std::vector<Scenario> scenarios;         // all that are at hand
  std::vector<std::string> only_faults;    // globs over scenario names; empty: all
  std::vector<VehicleKind> only_vehicles;  // empty: all
  Profile profile = kDefaultProfile;
  std::optional<std::uint64_t> trials;  // per cell; otherwise from the bound
  std::optional<double> bound;          // overrides each claim's target and the profile
  double confidence = 0.95;
  std::uint64_t seed = 0;
  std::uint32_t jobs = 1;
  // Injected so that plans can be tested; the command line passes those of preflight.h.
  std::function<std::string(VehicleKind)> why_no_vehicle;
  std::function<std::string(const Manifest&)> why_no_scenario;
  // The line of a claim's file on which its experiment names this tag or scenario.
  std::function<int(const Claim&, const std::string&)> line_of_entry;
};

// A name in a claim that no scenario has, or a tag that none carries, is a user error naming the
// claim's file and the line of the entry.  A selection without any cell is one too.
Expected<RunPlan> MakePlan(const PlanRequest& request);

}  // namespace bulkhead

#endif  // BULKHEAD_SUPERVISOR_PLANNER_H_
