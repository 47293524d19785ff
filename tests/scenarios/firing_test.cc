// Compilers delete crashes: every scenario, built by gcc and clang at -O0 and -O2, must take effect
// as its manifest says (shared/TRAPS.md, "Making the fault really happen").
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <optional>

#include "harness/supervisor/preflight.h"
#include "tests/supervisor/one_trial.h"

namespace bulkhead {
namespace {

namespace fs = std::filesystem;

// compiler-level, scenario, vehicle
using Build = std::tuple<std::string, std::string, VehicleKind>;

std::vector<std::string> ScenarioNames() {
  std::vector<std::string> names;
  for (const auto& folder : fs::directory_iterator(BULKHEAD_SOURCE_DIR "/scenarios")) {
    if (!folder.is_directory()) continue;
    for (const auto& source : fs::directory_iterator(folder)) {
      if (source.path().extension() != ".cc") continue;
      std::string name = source.path().stem();
      std::replace(name.begin(), name.end(), '_', '-');
      names.push_back(name);
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<Build> Builds() {
  std::vector<Build> builds;
  for (const char* variant : {"g++-O0", "g++-O2", "clang++-O0", "clang++-O2"}) {
    for (const std::string& name : ScenarioNames()) {
      builds.emplace_back(variant, name, VehicleKind::kFork);
      builds.emplace_back(variant, name, VehicleKind::kThread);
      // Its stack is the kernel's, not a copy of the zygote's.
      if (name == "stack-overflow") builds.emplace_back(variant, name, VehicleKind::kExec);
    }
  }
  return builds;
}

std::string NameOfBuild(const testing::TestParamInfo<Build>& info) {
  const auto& [variant, scenario, vehicle] = info.param;
  std::string name = scenario + "_" + variant + "_" + std::string(TraitsOf(vehicle).name);
  std::erase(name, '+');
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

class Scenarios : public testing::TestWithParam<Build> {};

INSTANTIATE_TEST_SUITE_P(, Scenarios, testing::ValuesIn(Builds()), NameOfBuild);

// The vehicle itself, or, where the scenario needs what only some give, the one that does: it
// stands in for fork.  Empty: such a scenario has no cell there.
std::optional<VehicleKind> VehicleOf(const Manifest& manifest, VehicleKind asked) {
  const auto gives = [&](const VehicleTraits& vehicle) {
    return std::ranges::all_of(manifest.needs, [&](const std::string& need) {
      return !IsGivenByVehicle(need) || vehicle.Gives(need);
    });
  };
  if (gives(TraitsOf(asked))) return asked;
  if (asked != VehicleKind::kFork) return std::nullopt;
  const auto vehicles = AllVehicles();
  const auto found = std::ranges::find_if(vehicles, gives);
  return found == vehicles.end() ? std::nullopt : std::optional(found->kind);
}

TEST_P(Scenarios, FireWithAnExpectedEnd) {
  const auto& [variant, scenario, asked] = GetParam();
  const std::string directory = BULKHEAD_BINARY_DIR "/firing/" + variant;
  if (!fs::exists(directory)) GTEST_SKIP() << "no compiler for " << variant;
  trials::TrialBench bench(directory + "/" + scenario + ".so");
  EXPECT_EQ(bench.manifest().name, scenario);
  if (bench.manifest().ends.empty())
    GTEST_SKIP() << "no certain effect of this build on this machine";
  const std::optional<VehicleKind> vehicle = VehicleOf(bench.manifest(), asked);
  if (!vehicle) GTEST_SKIP() << "it needs what this vehicle does not give";
  if (const std::string why = WhyNoVehicle(*vehicle); !why.empty()) GTEST_SKIP() << why;
  const Trial trial = bench.Run(trials::Treatment(*vehicle));
  EXPECT_EQ(trial.trouble, "");
  const Fired fired = FiredOf(bench.manifest(), trial);
  EXPECT_EQ(fired.state, Fired::State::kFired) << fired.why_not << "\n" << trial.output;
  EXPECT_GE(fired.confirmed_by.size(), 2u);
  EXPECT_THAT(bench.Strays(), testing::IsEmpty());
}

}  // namespace
}  // namespace bulkhead
