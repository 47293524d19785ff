#include "harness/model/names.h"

#include <gtest/gtest.h>

#include <csignal>
#include <set>

namespace bulkhead {
namespace {

template <typename Enum>
void ExpectNamesComeBack() {
  std::set<std::string> names;
  for (const Named<Enum>& entry : NamesOf<Enum>()) {
    EXPECT_EQ(Find<Enum>(NameOf(entry.value)), entry.value);
    EXPECT_TRUE(names.insert(std::string(entry.name)).second) << entry.name;
  }
  EXPECT_FALSE(Find<Enum>("no-such-name"));
  EXPECT_FALSE(Find<Enum>(""));
}

TEST(Names, EveryNameComesBack) {
  ExpectNamesComeBack<Quantifier>();
  ExpectNamesComeBack<Finding>();
  ExpectNamesComeBack<Outcome>();
  ExpectNamesComeBack<CellState>();
  ExpectNamesComeBack<Arm>();
  ExpectNamesComeBack<Hit>();
  ExpectNamesComeBack<Role>();
  ExpectNamesComeBack<ScenarioKind>();
  ExpectNamesComeBack<Danger>();
  ExpectNamesComeBack<EndKind>();
  ExpectNamesComeBack<Cause>();
}

TEST(Names, StoredNamesNeverChange) {
  EXPECT_EQ(NameOf(Finding::kBystanderAffected), "bystander-affected");
  EXPECT_EQ(NameOf(Outcome::kNotApplicable), "not-applicable");
  EXPECT_EQ(NameOf(Arm::kNoFault), "no-fault");
}

TEST(Names, VehiclesAreFoundByName) {
  for (const VehicleTraits& traits : AllVehicles()) {
    EXPECT_EQ(FindVehicle(traits.name), traits.kind);
    EXPECT_EQ(TraitsOf(traits.kind).name, traits.name);
    // Threads live in some process: there must be one that holds them.
    EXPECT_TRUE(traits.bystanders_are_processes || traits.has_host) << traits.name;
  }
  EXPECT_FALSE(FindVehicle("boat"));
}

TEST(Names, SignalsAreSpelledAsEverywhere) {
  EXPECT_EQ(SignalName(SIGSEGV), "SIGSEGV");
  EXPECT_EQ(SignalName(SIGRTMIN + 3), "SIGRTMIN+3");
  EXPECT_EQ(SignalName(99), "signal 99");
  EXPECT_EQ(SignalNumber("SIGKILL"), SIGKILL);
  EXPECT_FALSE(SignalNumber("SIGNOTHING"));
}

TEST(Names, FatesAreDescribed) {
  EXPECT_EQ(Describe(Signaled{SIGSEGV, 1, 0, false, Cause::kFault}), "signaled SIGSEGV (fault)");
  EXPECT_EQ(Describe(Exited{139, Cause::kSelf}), "exited 139 (self)");
  EXPECT_EQ(Describe(Exited{std::nullopt, Cause::kSelf}), "exited (self)");
  EXPECT_EQ(Describe(Corrupt{64, 1}), "corrupt at 0x40, 1 word");
  EXPECT_EQ(Describe(Lost{"why"}), "lost: why");
  EXPECT_TRUE(IsDead(Exited{}));
  EXPECT_FALSE(IsDead(Stalled{}));
}

TEST(Names, UnitsAndCells) {
  EXPECT_EQ(UnitName(0, 2, VehicleKind::kFork), "victim");
  EXPECT_EQ(UnitName(2, 2, VehicleKind::kFork), "bystander 2");
  EXPECT_EQ(UnitName(3, 2, VehicleKind::kThread), "host");
  EXPECT_EQ(UnitName(2, 2, VehicleKind::kFamily), "creator");
  EXPECT_EQ(UnitName(1, 2, VehicleKind::kFamily), "child");
  EXPECT_EQ(CellName({"null-store", VehicleKind::kCloneVm}), "null-store/clone-vm");
}

TEST(Token, IsNeverZeroAndDiffersByUnitAndSeed) {
  std::set<std::uint64_t> tokens;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    for (std::uint32_t unit = 0; unit < 5; ++unit) {
      EXPECT_NE(TokenOf(seed, unit), 0u);
      tokens.insert(TokenOf(seed, unit));
    }
  }
  EXPECT_EQ(tokens.size(), 500u);
}

}  // namespace
}  // namespace bulkhead
