#include <algorithm>
#include <map>
#include <set>

#include "harness/judge/verdicts.h"

namespace bulkhead {
namespace {

constexpr std::size_t kMostNames = 6;
constexpr std::size_t kFewestForTag = 3;

using Names = std::set<std::string>;

struct Split {
  Names holds, fails;
  bool Uniform() const { return holds.empty() || fails.empty(); }
};

// A tag that exactly the scenarios of `part` carry among those of `whole`; empty: none.
std::string CommonTag(const RunPlan& plan, const Names& part, const Names& whole) {
  std::map<std::string, Names> carriers;
  for (const Scenario& scenario : plan.scenarios) {
    if (!whole.contains(scenario.manifest.name)) continue;
    for (const std::string& tag : scenario.manifest.tags) {
      carriers[tag].insert(scenario.manifest.name);
    }
  }
  for (const auto& [tag, names] : carriers) {
    if (names == part) return tag;
  }
  return "";
}

Message Words(const RunPlan& plan, const Names& part, const Names& whole) {
  if (part.size() >= kFewestForTag) {
    const std::string tag = CommonTag(plan, part, whole);
    if (!tag.empty()) return Say("scenarios tagged {}", tag);
  }
  std::string text;
  std::size_t written = 0;
  for (const std::string& name : part) {
    if (written == kMostNames) {
      return Say("{} and {} more", text, Message::Count(part.size() - written));
    }
    text += (written++ == 0 ? "" : ", ") + name;
  }
  return Message(text);
}

Names Union(const Split& split) {
  Names all = split.holds;
  all.insert(split.fails.begin(), split.fails.end());
  return all;
}

}  // namespace

void FindConditions(const RunPlan& plan, Verdict& verdict) {
  std::map<VehicleKind, Split> by_vehicle;
  std::map<std::string, std::set<CellState>> by_scenario;
  Split scenarios;
  for (const CellResult& cell : verdict.cells) {
    const bool holds = cell.state == CellState::kHolds;
    if (!holds && cell.state != CellState::kViolated) continue;
    Split& split = by_vehicle[cell.cell.vehicle];
    (holds ? split.holds : split.fails).insert(cell.cell.scenario);
    (holds ? scenarios.holds : scenarios.fails).insert(cell.cell.scenario);
    by_scenario[cell.cell.scenario].insert(cell.state);
  }

  const bool vehicles_decide =
      std::ranges::all_of(by_vehicle, [](const auto& entry) { return entry.second.Uniform(); });
  if (vehicles_decide) {
    for (const auto& [vehicle, split] : by_vehicle) {
      (split.fails.empty() ? verdict.holds_in : verdict.fails_in)
          .emplace_back(std::string(TraitsOf(vehicle).name));
    }
    return;
  }
  const bool scenarios_decide =
      std::ranges::all_of(by_scenario, [](const auto& entry) { return entry.second.size() == 1; });
  if (scenarios_decide) {
    const Names whole = Union(scenarios);
    verdict.holds_in.push_back(Words(plan, scenarios.holds, whole));
    verdict.fails_in.push_back(Words(plan, scenarios.fails, whole));
    return;
  }
  for (const auto& [vehicle, split] : by_vehicle) {
    const std::string name(TraitsOf(vehicle).name);
    if (split.Uniform()) {
      (split.fails.empty() ? verdict.holds_in : verdict.fails_in).emplace_back(name);
      continue;
    }
    const Names whole = Union(split);
    verdict.holds_in.push_back(Say("{} in {}", Words(plan, split.holds, whole), name));
    verdict.fails_in.push_back(Say("{} in {}", Words(plan, split.fails, whole), name));
  }
}

}  // namespace bulkhead
