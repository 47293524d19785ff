// The first bystander leaves its token in a place that the kernel keeps once per process: the soft
// limit of the resident set, which Linux has not enforced since 2.4.  The victim leaves its own in
// the same place of its own process, and the bystander reads the limit back under its own process
// number.  Every unit also says which process number it has.  System calls: nothing that a compiler
// could remove.
//
// Only the first one: bystanders that are threads would overwrite each other's.
//
// Runs in: unit.
#include <sys/resource.h>
#include <unistd.h>

#include "scenarios/common.h"

namespace {

using bulkhead::scenarios::Require;

constexpr std::uint32_t kReader = 1;

void Leave(std::uint64_t token) {
  rlimit limit{};
  Require(getrlimit(RLIMIT_RSS, &limit) == 0);
  limit.rlim_cur = token;
  Require(setrlimit(RLIMIT_RSS, &limit) == 0);
}

void Prepare(bh_unit* unit) {
  if (unit->index == kReader) Leave(unit->token);
}

void Act(bh_unit* unit) { Leave(unit->token); }

void Watch(bh_unit* unit) {
  const pid_t process = getpid();
  const auto number = static_cast<std::uintptr_t>(process);
  bulkhead::plugin::Region(unit, "pid", reinterpret_cast<const void*>(number), 1);
  if (unit->index != kReader) return;
  rlimit limit{};
  Require(prlimit(process, RLIMIT_RSS, nullptr, &limit) == 0);
  bulkhead::plugin::Reading(unit, "process", limit.rlim_cur);
}

void Hit(bh_unit*, std::uint64_t foreign) { Leave(foreign); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "own-identity",
    .summary = "Victim and bystander leave tokens in what the kernel keeps once per process.",
    .tags = {"identity"},
    .kind = BH_PROBE,
    .ends = {{BH_END_RETURN, 0}},
    .prepare = Prepare,
    .act = Act,
    .watch = Watch,
    .hit = Hit,
};
