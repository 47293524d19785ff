#include "harness/model/names.h"

#include <array>

namespace bulkhead {

#define BULKHEAD_NAMES(Enum, ...)                                             \
  template <>                                                                 \
  std::span<const Named<Enum>> NamesOf<Enum>() {                              \
    static constexpr auto kTable = std::to_array<Named<Enum>>({__VA_ARGS__}); \
    return kTable;                                                            \
  }

BULKHEAD_NAMES(Quantifier, {Quantifier::kAlways, "always"}, {Quantifier::kMay, "may"},
               {Quantifier::kRatio, "ratio"})

BULKHEAD_NAMES(Finding, {Finding::kBystanderDied, "bystander-died"},
               {Finding::kBystanderStopped, "bystander-stopped"},
               {Finding::kBystanderDamaged, "bystander-damaged"},
               {Finding::kBystanderAffected, "bystander-affected"},
               {Finding::kSilentDamage, "silent-damage"},
               {Finding::kThreadOutlived, "thread-outlived"},
               {Finding::kForeignSeen, "foreign-seen"}, {Finding::kForeignMissed, "foreign-missed"},
               {Finding::kRegionShared, "region-shared"}, {Finding::kMisplaced, "misplaced"},
               {Finding::kUpdatesLost, "updates-lost"})

BULKHEAD_NAMES(Outcome, {Outcome::kSupported, "supported"}, {Outcome::kRefuted, "refuted"},
               {Outcome::kConditional, "conditional"}, {Outcome::kInconclusive, "inconclusive"},
               {Outcome::kNotApplicable, "not-applicable"}, {Outcome::kBroken, "broken"})

BULKHEAD_NAMES(CellState, {CellState::kHolds, "holds"}, {CellState::kViolated, "violated"},
               {CellState::kOpen, "open"}, {CellState::kNotApplicable, "not-applicable"},
               {CellState::kBroken, "broken"})

BULKHEAD_NAMES(Arm, {Arm::kTreatment, "treatment"}, {Arm::kNoFault, "no-fault"},
               {Arm::kPositive, "positive"})

BULKHEAD_NAMES(Hit, {Hit::kNone, "none"}, {Hit::kKill, "kill"}, {Hit::kCorrupt, "corrupt"},
               {Hit::kStop, "stop"}, {Hit::kProbe, "probe"})

BULKHEAD_NAMES(Role, {Role::kVictim, "victim"}, {Role::kBystander, "bystander"},
               {Role::kCreator, "creator"}, {Role::kChild, "child"}, {Role::kPartner, "partner"},
               {Role::kHost, "host"})

BULKHEAD_NAMES(ScenarioKind, {ScenarioKind::kFault, "fault"}, {ScenarioKind::kProbe, "probe"},
               {ScenarioKind::kMeasure, "measure"})

BULKHEAD_NAMES(Danger, {Danger::kContained, "contained"}, {Danger::kHeavy, "heavy"},
               {Danger::kHazard, "hazard"})

BULKHEAD_NAMES(EndKind, {EndKind::kSignal, "signal"}, {EndKind::kExit, "exit"},
               {EndKind::kThread, "thread"}, {EndKind::kReturn, "return"},
               {EndKind::kSpinning, "spinning"}, {EndKind::kBlocked, "blocked"},
               {EndKind::kStopped, "stopped"})

BULKHEAD_NAMES(Cause, {Cause::kFault, "fault"}, {Cause::kSelf, "self"},
               {Cause::kProcess, "process"}, {Cause::kSupervisor, "supervisor"},
               {Cause::kOom, "oom"}, {Cause::kUnknown, "unknown"})

BULKHEAD_NAMES(UnitStage, {UnitStage::kStarting, "starting"}, {UnitStage::kReady, "ready"},
               {UnitStage::kActing, "acting"}, {UnitStage::kReturned, "returned"},
               {UnitStage::kAsked, "asked"}, {UnitStage::kAnswered, "answered"},
               {UnitStage::kSilent, "silent"}, {UnitStage::kEnded, "ended"})

#undef BULKHEAD_NAMES

Role RoleOf(std::uint32_t index, std::uint32_t bystanders, const VehicleTraits& vehicle) {
  if (index == kVictimIndex) return Role::kVictim;
  if (index > bystanders) return Role::kHost;
  if (!vehicle.nested) return Role::kBystander;
  return index == 2 ? Role::kCreator : Role::kChild;
}

std::string UnitName(std::uint32_t index, std::uint32_t bystanders, VehicleKind vehicle) {
  const Role role = RoleOf(index, bystanders, TraitsOf(vehicle));
  std::string name(NameOf(role));
  const bool several = role == Role::kBystander || (role == Role::kChild && index > 1);
  return several ? name + " " + std::to_string(index) : name;
}

std::string CellName(const CellKey& cell) {
  return cell.scenario + "/" + std::string(TraitsOf(cell.vehicle).name);
}

}  // namespace bulkhead
