// Which claims read which cells.  The planner and the judge must agree on it.
//
// Runs in: anywhere.  Pure functions.
#ifndef BULKHEAD_JUDGE_SELECTION_H_
#define BULKHEAD_JUDGE_SELECTION_H_

#include <algorithm>

#include "harness/model/claim.h"
#include "harness/model/scenario.h"

namespace bulkhead {

// The scenarios with any of the tags, plus the named, minus the excepted.
inline bool Selects(const Experiment& experiment, const Manifest& manifest) {
  const auto has = [](const std::vector<std::string>& list, const std::string& word) {
    return std::ranges::find(list, word) != list.end();
  };
  if (has(experiment.except, manifest.name)) return false;
  return has(experiment.names, manifest.name) ||
         std::ranges::any_of(experiment.tags,
                             [&](const std::string& tag) { return manifest.HasTag(tag); });
}

inline bool Reads(const Experiment& experiment, const Manifest& manifest, VehicleKind vehicle) {
  return std::ranges::find(experiment.vehicles, vehicle) != experiment.vehicles.end() &&
         Selects(experiment, manifest);
}

}  // namespace bulkhead

#endif  // BULKHEAD_JUDGE_SELECTION_H_
