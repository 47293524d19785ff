// Each bystander sets an environment variable of its own, the victim sets all of them to its own
// token, the bystanders read theirs.  Library calls: nothing that a compiler could remove.
//
// Runs in: unit.
#include <cinttypes>
#include <cstdio>

#include "scenarios/common.h"

namespace {

using bulkhead::scenarios::kVictim;
using bulkhead::scenarios::Require;

struct Name {
  explicit Name(std::uint32_t bystander) {
    std::snprintf(text, sizeof(text), "BULKHEAD_PROBE_%" PRIu32, bystander);
  }
  char text[32];
};

void Set(std::uint32_t bystander, std::uint64_t token) {
  char value[17];
  std::snprintf(value, sizeof(value), "%" PRIx64, token);
  Require(setenv(Name(bystander).text, value, 1) == 0);
}

void Prepare(bh_unit* unit) {
  if (unit->index != kVictim) Set(unit->index, unit->token);
}

void Act(bh_unit* unit) {
  for (std::uint32_t i = 1; i < unit->count; ++i) Set(i, unit->token);
}

void Watch(bh_unit* unit) {
  if (unit->index == kVictim) return;
  if (const char* value = std::getenv(Name(unit->index).text)) {
    bulkhead::plugin::Reading(unit, "variable", std::strtoull(value, nullptr, 16));
  } else {
    bulkhead::plugin::Gone(unit, "variable");
  }
}

void Hit(bh_unit* unit, std::uint64_t foreign) { Set(unit->index, foreign); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "own-environment",
    .summary = "The victim sets the environment variables that the bystanders read.",
    .tags = {"environment"},
    .kind = BH_PROBE,
    .ends = {{BH_END_RETURN, 0}},
    .prepare = Prepare,
    .act = Act,
    .watch = Watch,
    .hit = Hit,
};
