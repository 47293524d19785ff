// The one spelling of every enumerator that is stored, printed in machine formats, or typed by
// people.  Stored names never change their meaning.
//
// Runs in: anywhere.
#ifndef BULKHEAD_MODEL_NAMES_H_
#define BULKHEAD_MODEL_NAMES_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/claim.h"
#include "harness/model/fate.h"
#include "harness/model/run_event.h"
#include "harness/model/scenario.h"
#include "harness/model/trial.h"
#include "harness/model/verdict.h"

namespace bulkhead {

template <typename Enum>
struct Named {
  Enum value;
  std::string_view name;
};

// The table of an enumeration, in declaration order; specialised in names.cc.
template <typename Enum>
std::span<const Named<Enum>> NamesOf();

template <>
std::span<const Named<Quantifier>> NamesOf<Quantifier>();  // always may ratio
template <>
std::span<const Named<Finding>> NamesOf<Finding>();  // bystander-died ...
template <>
std::span<const Named<Outcome>> NamesOf<Outcome>();  // supported ...
template <>
std::span<const Named<CellState>> NamesOf<CellState>();  // holds violated open ...
template <>
std::span<const Named<Arm>> NamesOf<Arm>();  // treatment no-fault positive
template <>
std::span<const Named<Hit>> NamesOf<Hit>();  // none kill corrupt stop probe
template <>
std::span<const Named<Role>> NamesOf<Role>();  // victim bystander ...
template <>
std::span<const Named<ScenarioKind>> NamesOf<ScenarioKind>();  // fault probe measure
template <>
std::span<const Named<Danger>> NamesOf<Danger>();  // contained heavy hazard
template <>
std::span<const Named<EndKind>> NamesOf<EndKind>();  // signal exit thread ...
template <>
std::span<const Named<Cause>> NamesOf<Cause>();  // fault self process ...
template <>
std::span<const Named<UnitStage>> NamesOf<UnitStage>();  // starting ready acting ...

template <typename Enum>
std::string_view NameOf(Enum value) {
  for (const Named<Enum>& entry : NamesOf<Enum>()) {
    if (entry.value == value) return entry.name;
  }
  return "?";
}

template <typename Enum>
std::optional<Enum> Find(std::string_view name) {
  for (const Named<Enum>& entry : NamesOf<Enum>()) {
    if (entry.name == name) return entry.value;
  }
  return std::nullopt;
}

template <typename Enum>
std::vector<std::string> AllNames() {
  std::vector<std::string> names;
  for (const Named<Enum>& entry : NamesOf<Enum>()) names.emplace_back(entry.name);
  return names;
}

// Name of unit `index` of a trial with `bystanders` bystanders: "victim", "bystander 1", "creator",
// "host".
std::string UnitName(std::uint32_t index, std::uint32_t bystanders, VehicleKind vehicle);

// "null-store/fork", as cells are written everywhere.
std::string CellName(const CellKey& cell);

}  // namespace bulkhead

#endif  // BULKHEAD_MODEL_NAMES_H_
