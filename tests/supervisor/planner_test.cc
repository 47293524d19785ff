#include "harness/supervisor/planner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <string_view>
#include <utility>

namespace bulkhead {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

Scenario MakeScenario(const std::string& name, const std::vector<std::string>& tags,
                      ScenarioKind kind = ScenarioKind::kFault) {
  Scenario scenario;
  scenario.manifest.name = name;
  scenario.manifest.tags = tags;
  scenario.manifest.kind = kind;
  scenario.manifest.ends = {{EndKind::kSignal, SIGSEGV}};
  return scenario;
}

Claim MakeClaim(const std::string& id, Quantifier quantifier = Quantifier::kAlways) {
  Claim claim;
  claim.id = id;
  claim.quantifier = quantifier;
  claim.file = "my.toml";
  claim.line = 7;
  claim.experiment.tags = {"fatal"};
  claim.experiment.vehicles = {VehicleKind::kFork};
  return claim;
}

class Planner : public testing::Test {
 protected:
  Planner() {
    request_.scenarios = {MakeScenario("abort", {"fatal"}),
                          MakeScenario("null-store", {"fatal", "memory"}),
                          MakeScenario("process-creation", {"cost"}, ScenarioKind::kMeasure),
                          MakeScenario("spin-hang", {"hang"})};
  }

  RunPlan Plan() {
    auto plan = MakePlan(request_);
    EXPECT_TRUE(plan.has_value()) << (plan ? "" : plan.error().message);
    return plan.value_or(RunPlan{});
  }

  std::string Refusal() {
    const auto plan = MakePlan(request_);
    if (plan) return "no refusal";
    EXPECT_EQ(plan.error().kind, Error::Kind::kUser);
    return plan.error().message;
  }

  static std::vector<std::string> CellsOf(const RunPlan& plan) {
    std::vector<std::string> names;
    for (const PlannedCell& cell : plan.cells) {
      names.push_back(cell.key.scenario + "/" + std::string(TraitsOf(cell.key.vehicle).name));
    }
    return names;
  }

  PlanRequest request_;
};

TEST_F(Planner, CellsAreSortedByScenarioThenVehicle) {
  Claim claim = MakeClaim("a");
  claim.experiment.vehicles = {VehicleKind::kExec, VehicleKind::kThread};
  request_.claims = {claim};
  EXPECT_THAT(CellsOf(Plan()), testing::ElementsAre("abort/thread", "abort/exec",
                                                    "null-store/thread", "null-store/exec"));
}

TEST_F(Planner, ClaimsShareTheirCells) {
  request_.claims = {MakeClaim("a"), MakeClaim("b", Quantifier::kMay)};
  const RunPlan plan = Plan();
  EXPECT_THAT(plan.cells, SizeIs(2));
  EXPECT_THAT(plan.claims, SizeIs(2));
}

TEST_F(Planner, ACleanCellReachesTheUsualBoundWith299Trials) {
  request_.claims = {MakeClaim("a")};
  const RunPlan plan = Plan();
  ASSERT_THAT(plan.cells, SizeIs(2));
  EXPECT_EQ(plan.cells[0].treatment, 299u);
  EXPECT_EQ(plan.cells[0].no_fault, 20u);
  EXPECT_EQ(plan.cells[0].positive, 5u);
}

TEST_F(Planner, TheStrictestClaimDecidesTheTrialsOfACell) {
  Claim strict = MakeClaim("strict");
  strict.experiment.tags = {};
  strict.experiment.names = {"abort"};
  strict.target = 0.001;
  request_.claims = {MakeClaim("a"), strict};
  const RunPlan plan = Plan();
  EXPECT_EQ(plan.cells[0].treatment, 2995u);  // ln 0.05 / ln 0.999, rounded up
  EXPECT_EQ(plan.cells[1].treatment, 299u);
}

TEST_F(Planner, TheBoundOverridesTheTargetsOfTheClaims) {
  request_.claims = {MakeClaim("a")};
  request_.bound = 0.1;
  const RunPlan plan = Plan();
  EXPECT_EQ(plan.cells[0].treatment, 29u);
  EXPECT_DOUBLE_EQ(plan.claims[0].target, 0.1);  // by which the run is judged, now and later
}

TEST_F(Planner, MayClaimsGetAsManyTrialsAsTheUsualBoundNeeds) {
  request_.claims = {MakeClaim("a", Quantifier::kMay)};
  EXPECT_EQ(Plan().cells[0].treatment, 299u);
}

TEST_F(Planner, MeasurementsAreFewAndHaveNoControls) {
  Claim claim = MakeClaim("cost", Quantifier::kRatio);
  claim.experiment.tags = {"cost"};
  claim.experiment.ratio = RatioSpec{"process", "thread", 1.0};
  request_.claims = {claim};
  const RunPlan plan = Plan();
  ASSERT_THAT(plan.cells, SizeIs(1));
  EXPECT_EQ(plan.cells[0].treatment, 20u);
  EXPECT_EQ(plan.cells[0].no_fault, 0u);
  EXPECT_EQ(plan.cells[0].positive, 0u);
}

TEST_F(Planner, FewTrialsHaveAsFewNoFaultControlsAndAllPositiveOnes) {
  request_.claims = {MakeClaim("a")};
  request_.trials = 3;
  const RunPlan plan = Plan();
  EXPECT_EQ(plan.cells[0].treatment, 3u);
  EXPECT_EQ(plan.cells[0].no_fault, 3u);
  EXPECT_EQ(plan.cells[0].positive, 5u);
}

TEST_F(Planner, ManyTrialsDoNotNeedMoreControls) {
  request_.claims = {MakeClaim("a")};
  request_.trials = 5000;
  EXPECT_EQ(Plan().cells[0].no_fault, 20u);
}

TEST_F(Planner, WhatTheMachineRefusesStaysInThePlanWithTheReason) {
  Claim claim = MakeClaim("a");
  claim.experiment.vehicles = {VehicleKind::kFork, VehicleKind::kPidns};
  request_.claims = {claim};
  request_.why_no_vehicle = [](VehicleKind kind) {
    return kind == VehicleKind::kPidns ? std::string("PID namespaces are refused") : "";
  };
  request_.why_no_scenario = [](const Manifest& manifest) {
    return manifest.name == "abort" ? std::string("needs --allow heavy") : "";
  };
  const RunPlan plan = Plan();
  ASSERT_THAT(plan.cells, SizeIs(4));
  EXPECT_EQ(plan.cells[0].not_applicable, "needs --allow heavy");
  EXPECT_EQ(plan.cells[1].not_applicable, "PID namespaces are refused");
  EXPECT_EQ(plan.cells[2].not_applicable, "");
  EXPECT_EQ(plan.cells[3].not_applicable, "PID namespaces are refused");
}

TEST_F(Planner, WithoutAScenarioThatCannotRunHereNothingIsExpected) {
  Claim claim = MakeClaim("a");
  claim.expect = Outcome::kConditional;
  request_.claims = {claim};
  EXPECT_EQ(Plan().claims[0].expect, Outcome::kConditional);
  request_.why_no_scenario = [](const Manifest& manifest) {
    return manifest.name == "abort" ? std::string("needs CAP_SETUID") : "";
  };
  EXPECT_EQ(Plan().claims[0].expect, std::nullopt);
}

TEST_F(Planner, AScenarioThatNeedsHostsHasCellsOnlyWhereThereAreSome) {
  request_.claims = {MakeClaim("hosts")};
  request_.claims[0].experiment.vehicles = {VehicleKind::kFork, VehicleKind::kNetns};
  request_.scenarios[0].manifest.needs = {"hosts"};
  std::vector<CellKey> cells;
  for (const PlannedCell& cell : Plan().cells) cells.push_back(cell.key);
  EXPECT_THAT(cells, testing::ElementsAre(CellKey{"abort", VehicleKind::kNetns},
                                          CellKey{"null-store", VehicleKind::kFork},
                                          CellKey{"null-store", VehicleKind::kNetns}));
}

TEST_F(Planner, WhatMustBeAllowedFirstIsNoPartOfWhatIsExpected) {
  request_.claims = {MakeClaim("all")};
  request_.claims[0].expect = Outcome::kSupported;
  request_.scenarios[0].manifest.danger = Danger::kHeavy;
  request_.why_no_scenario = [](const Manifest& manifest) {
    return manifest.danger == Danger::kHeavy ? std::string("not allowed") : std::string();
  };
  EXPECT_EQ(Plan().claims[0].expect, Outcome::kSupported);
}

TEST_F(Planner, TheMachineIsAskedOncePerVehicle) {
  int asked = 0;
  request_.claims = {MakeClaim("a")};
  request_.why_no_vehicle = [&](VehicleKind) {
    ++asked;
    return std::string();
  };
  Plan();
  EXPECT_EQ(asked, 1);
}

TEST_F(Planner, AScenarioWithoutCertainEndIsNotApplicable) {
  request_.scenarios[0].manifest.ends.clear();
  request_.claims = {MakeClaim("a")};
  EXPECT_THAT(Plan().cells[0].not_applicable, HasSubstr("no certain effect"));
}

TEST_F(Planner, OnlyUsedScenariosArePartOfThePlan) {
  request_.claims = {MakeClaim("a")};
  const RunPlan plan = Plan();
  ASSERT_THAT(plan.scenarios, SizeIs(2));
  EXPECT_EQ(plan.scenarios[1].manifest.name, "null-store");
}

TEST_F(Planner, ExceptTakesAScenarioOut) {
  Claim claim = MakeClaim("a");
  claim.experiment.names = {"spin-hang"};
  claim.experiment.except = {"abort"};
  request_.claims = {claim};
  EXPECT_THAT(CellsOf(Plan()), testing::ElementsAre("null-store/fork", "spin-hang/fork"));
}

TEST_F(Planner, AnUnknownScenarioIsRefusedWithPlaceAndNearestName) {
  Claim claim = MakeClaim("a");
  claim.experiment.names = {"null-stor"};
  request_.claims = {claim};
  EXPECT_THAT(Refusal(), testing::StartsWith("my.toml:7: claim \"a\": unknown scenario "
                                             "\"null-stor\"; accepted: abort, "));
  EXPECT_THAT(Refusal(), HasSubstr("did you mean \"null-store\"?"));
}

TEST_F(Planner, ARefusalNamesTheLineOfTheEntryWhereItIsKnown) {
  Claim claim = MakeClaim("a");
  claim.experiment.names = {"null-stor"};
  request_.claims = {claim};
  request_.line_of_entry = [](const Claim& of, const std::string& entry) {
    return of.line + static_cast<int>(entry.size());
  };
  EXPECT_THAT(Refusal(), testing::StartsWith("my.toml:16: claim \"a\": unknown scenario "));
}

TEST_F(Planner, AnUnknownExceptionIsRefusedToo) {
  Claim claim = MakeClaim("a");
  claim.experiment.except = {"abrt"};
  request_.claims = {claim};
  EXPECT_THAT(Refusal(), HasSubstr("did you mean \"abort\"?"));
}

TEST_F(Planner, ATagThatNobodyCarriesIsRefused) {
  Claim claim = MakeClaim("a");
  claim.experiment.tags = {"fatl"};
  request_.claims = {claim};
  EXPECT_THAT(Refusal(), HasSubstr("my.toml:7: claim \"a\": no scenario carries the tag \"fatl\""));
  EXPECT_THAT(Refusal(), HasSubstr("did you mean \"fatal\"?"));
}

TEST_F(Planner, AnExperimentThatExceptsAllItsScenariosIsRefused) {
  Claim claim = MakeClaim("a");
  claim.experiment.except = {"abort", "null-store"};
  request_.claims = {claim};
  EXPECT_THAT(Refusal(), HasSubstr("selects no scenario"));
}

TEST_F(Planner, AClaimWhoseCellsAreAllDeselectedIsNoPartOfTheRun) {
  Claim hang = MakeClaim("hang");
  hang.experiment.tags = {"hang"};
  request_.claims = {MakeClaim("a"), hang};
  request_.only_faults = {"spin-*"};
  const RunPlan plan = Plan();
  ASSERT_THAT(plan.claims, SizeIs(1));
  EXPECT_EQ(plan.claims[0].id, "hang");
  EXPECT_THAT(CellsOf(plan), testing::ElementsAre("spin-hang/fork"));
}

TEST_F(Planner, AnEmptySelectionIsRefused) {
  request_.claims = {MakeClaim("a")};
  request_.only_vehicles = {VehicleKind::kThread};
  EXPECT_THAT(Refusal(), HasSubstr("nothing to run"));
  request_.claims = {};
  EXPECT_THAT(Refusal(), HasSubstr("nothing to run"));
}

const Profile& ProfileNamed(std::string_view name) {
  return *std::ranges::find(kProfiles, name, &Profile::name);
}

TEST_F(Planner, AProfileDecidesTheBoundAndTheControls) {
  request_.claims = {MakeClaim("a")};
  for (const auto& [name, trials] :
       {std::pair("smoke", 3u), {"quick", 299u}, {"full", 2995u}, {"deep", 29956u}}) {
    request_.profile = ProfileNamed(name);
    const RunPlan plan = Plan();
    EXPECT_EQ(plan.profile, name);
    EXPECT_EQ(plan.cells[0].treatment, trials) << name;
    EXPECT_EQ(plan.cells[0].no_fault, request_.profile.no_fault) << name;
    EXPECT_EQ(plan.cells[0].positive, request_.profile.positive) << name;
    EXPECT_EQ(plan.undecided_is_fine, name == std::string_view("smoke"));
  }
}

TEST_F(Planner, AProfileNeverLoosensAClaimThatAsksForMoreButSmoke) {
  request_.claims = {MakeClaim("a")};
  request_.claims[0].target = 0.0001;
  request_.profile = ProfileNamed("full");
  EXPECT_DOUBLE_EQ(Plan().claims[0].target, 0.0001);
  request_.profile = ProfileNamed("smoke");
  EXPECT_DOUBLE_EQ(Plan().claims[0].target, 0.64);
}

TEST_F(Planner, DeepAsksLessWhereVictimsHang) {
  request_.scenarios[3].manifest.ends = {{EndKind::kSpinning, 0}};
  Claim hang = MakeClaim("hang");
  hang.experiment.tags = {"hang"};
  request_.claims = {MakeClaim("a"), hang};
  request_.profile = ProfileNamed("deep");
  const RunPlan plan = Plan();
  EXPECT_DOUBLE_EQ(plan.claims[0].target, 0.0001);
  EXPECT_DOUBLE_EQ(plan.claims[1].target, 0.001);
}

TEST_F(Planner, TrialsAndBoundGoBeforeTheProfile) {
  request_.claims = {MakeClaim("a")};
  request_.profile = ProfileNamed("deep");
  request_.bound = 0.1;
  EXPECT_EQ(Plan().cells[0].treatment, 29u);
  request_.trials = 7;
  EXPECT_EQ(Plan().cells[0].treatment, 7u);
}

TEST_F(Planner, WithLessThanAClaimAsksForNothingIsExpectedToBeFound) {
  request_.claims = {MakeClaim("a"), MakeClaim("b")};
  request_.claims[0].expect = Outcome::kConditional;
  request_.claims[1].expect = Outcome::kSupported;
  request_.profile = ProfileNamed("smoke");
  EXPECT_EQ(Plan().claims[0].expect, std::nullopt);
  EXPECT_EQ(Plan().claims[1].expect, Outcome::kSupported);
  request_.profile = ProfileNamed("full");
  EXPECT_EQ(Plan().claims[0].expect, Outcome::kConditional);
}

TEST_F(Planner, WhatWasAskedIsKept) {
  request_.claims = {MakeClaim("a")};
  request_.seed = 42;
  request_.jobs = 3;
  request_.confidence = 0.99;
  const RunPlan plan = Plan();
  EXPECT_EQ(plan.seed, 42u);
  EXPECT_EQ(plan.jobs, 3u);
  EXPECT_DOUBLE_EQ(plan.confidence, 0.99);
  EXPECT_EQ(plan.cells[0].treatment, 459u);  // ln 0.01 / ln 0.99, rounded up
}

}  // namespace
}  // namespace bulkhead
