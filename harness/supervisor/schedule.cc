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

// Units that act together or hang would take each other's time on one processor.
bool WantsProcessors(const Manifest& manifest) {
  return manifest.exclusive || manifest.everyone_acts || manifest.MayHang();
}

// Trials are counted, not bystanders: where each costs the start of a program, one has to do.
std::uint32_t BystandersOf(VehicleKind vehicle) { return vehicle == VehicleKind::kExec ? 1 : 2; }

// The trials of one cell in blocks: every arm is dealt out evenly, so that each layout has its
// controls and a run that is cut short has some, and shuffled within its block.
std::vector<std::vector<TrialPlan>> DealtOut(const PlannedCell& cell, const Manifest& manifest,
                                             Random& random) {
  std::vector<std::vector<TrialPlan>> blocks(BlocksOf(cell));
  std::size_t next = 0;
  const auto add = [&](std::uint64_t count, Arm arm) {
    for (std::uint64_t i = 0; i < count; ++i) {
      TrialPlan trial;
      trial.cell = cell.key;
      trial.bystanders = BystandersOf(cell.key.vehicle);
      trial.arm = arm;
      if (arm == Arm::kPositive) {
        trial.hit =
            manifest.kind == ScenarioKind::kFault ? kFaultHits[i % kFaultHits.size()] : Hit::kProbe;
      }
      blocks[next++ % blocks.size()].push_back(trial);
    }
  };
  add(cell.treatment, Arm::kTreatment);
  add(cell.no_fault, Arm::kNoFault);
  add(cell.positive, Arm::kPositive);
  for (auto& trials : blocks) std::shuffle(trials.begin(), trials.end(), random);
  return blocks;
}

// Of each two treatment trials the second replays the first: same seed, same memory layout.
void PairTreatments(std::vector<TrialPlan>& trials) {
  const TrialPlan* first = nullptr;
  for (TrialPlan& trial : trials) {
    if (trial.arm != Arm::kTreatment) continue;
    if (first != nullptr) trial.seed = first->seed;
    first = first == nullptr ? &trial : nullptr;
  }
}

// The one trial again and again: each time in a layout of its own, or all in one.
std::vector<Block> Repetitions(const RunPlan& plan) {
  const Replay& replay = *plan.replay;
  const Manifest* manifest = ManifestOf(plan, replay.trial.cell.scenario);
  std::vector<Block> blocks;
  for (const PlannedCell& cell : plan.cells) {
    if (!cell.not_applicable.empty() || manifest == nullptr) continue;
    const std::uint64_t times = cell.treatment + cell.no_fault + cell.positive;
    for (std::uint64_t id = 1; id <= times; ++id) {
      if (blocks.empty() || !replay.same_layout) {
        Block block;
        block.id = blocks.size() + 1;
        block.cell = replay.trial.cell;
        block.exclusive = manifest->exclusive;
        block.spread = replay.cpu < 0;
        block.cpu = replay.cpu;
        blocks.push_back(std::move(block));
      }
      TrialPlan trial = replay.trial;
      trial.id = id;
      trial.block = blocks.back().id;
      blocks.back().trials.push_back(trial);
    }
  }
  return blocks;
}

}  // namespace

std::size_t BlocksOf(const PlannedCell& cell) {
  const std::uint64_t all = cell.treatment + cell.no_fault + cell.positive;
  const std::uint64_t size = std::max<std::uint64_t>(kBlockTrials, all / kEnoughBlocks);
  return (all + size - 1) / size;
}

std::vector<Block> MakeSchedule(const RunPlan& plan) {
  if (plan.replay) return Repetitions(plan);
  std::vector<Block> blocks;
  for (std::size_t index = 0; index < plan.cells.size(); ++index) {
    const PlannedCell& cell = plan.cells[index];
    const Manifest* manifest = ManifestOf(plan, cell.key.scenario);
    if (!cell.not_applicable.empty() || manifest == nullptr) continue;
    Random random(Derive(plan.seed, index));
    std::size_t number = 0;  // in the cell
    for (std::vector<TrialPlan>& trials : DealtOut(cell, *manifest, random)) {
      Block block;
      block.cell = cell.key;
      block.exclusive = manifest->exclusive;
      // Every fifth, so that a cell's evidence covers both placements.
      block.spread = WantsProcessors(*manifest) || number++ % 5 == 4;
      block.trials = std::move(trials);
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
    if (ManifestOf(plan, blocks[b].cell.scenario)->Races()) PairTreatments(blocks[b].trials);
  }
  return blocks;
}

}  // namespace bulkhead
