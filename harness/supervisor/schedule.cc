#include "harness/supervisor/schedule.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "harness/base/random.h"

namespace bulkhead {
namespace {

// A fault's bystander must be reported hit in each of these ways.
constexpr std::array kFaultHits{Hit::kKill, Hit::kCorrupt, Hit::kStop};

const Manifest* ManifestOf(const RunPlan& plan, const std::string& scenario) {
  for (const Scenario& candidate : plan.scenarios) {
    if (candidate.manifest.name == scenario) return &candidate.manifest;
  }
  return nullptr;
}

std::vector<TrialPlan> TrialsOf(const PlannedCell& cell, const Manifest& manifest, Random& random) {
  std::vector<TrialPlan> trials;
  const auto add = [&](std::uint64_t count, Arm arm) {
    for (std::uint64_t i = 0; i < count; ++i) {
      TrialPlan trial;
      trial.cell = cell.key;
      trial.arm = arm;
      if (arm == Arm::kPositive) {
        trial.hit =
            manifest.kind == ScenarioKind::kFault ? kFaultHits[i % kFaultHits.size()] : Hit::kProbe;
      }
      trials.push_back(trial);
    }
  };
  add(cell.treatment, Arm::kTreatment);
  add(cell.no_fault, Arm::kNoFault);
  add(cell.positive, Arm::kPositive);
  std::shuffle(trials.begin(), trials.end(), random);
  return trials;
}

}  // namespace

std::vector<Block> MakeSchedule(const RunPlan& plan) {
  std::vector<Block> blocks;
  for (std::size_t index = 0; index < plan.cells.size(); ++index) {
    const PlannedCell& cell = plan.cells[index];
    const Manifest* manifest = ManifestOf(plan, cell.key.scenario);
    if (!cell.not_applicable.empty() || manifest == nullptr) continue;
    Random random(Derive(plan.seed, index));
    std::vector<TrialPlan> trials = TrialsOf(cell, *manifest, random);
    const std::size_t count = (trials.size() + kBlockTrials - 1) / kBlockTrials;
    for (std::size_t b = 0; b < count; ++b) {
      Block block;
      block.cell = cell.key;
      block.exclusive = manifest->exclusive;
      // Evenly: the last block is as large as the others.
      const auto first = trials.begin() + static_cast<std::ptrdiff_t>(trials.size() * b / count);
      const auto last =
          trials.begin() + static_cast<std::ptrdiff_t>(trials.size() * (b + 1) / count);
      block.trials.assign(first, last);
      blocks.push_back(std::move(block));
    }
  }
  std::stable_sort(blocks.begin(), blocks.end(),
                   [](const Block& a, const Block& b) { return a.exclusive < b.exclusive; });
  std::uint64_t trial_id = 0;
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    blocks[b].id = b + 1;
    for (TrialPlan& trial : blocks[b].trials) {
      trial.id = ++trial_id;
      trial.block = blocks[b].id;
      trial.seed = Derive(plan.seed, (std::uint64_t{1} << 32) + trial.id);
    }
  }
  return blocks;
}

}  // namespace bulkhead
