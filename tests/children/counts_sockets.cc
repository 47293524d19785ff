// Every unit reports how many sockets it holds: with more than its own it could speak for others.
#include "scenarios/common.h"
#include "tests/children/descriptors.h"

namespace {

void Watch(bh_unit* unit) {
  std::uint64_t sockets = 0;
  bulkhead::children::ForEachSocket([&](int) { ++sockets; });
  bulkhead::plugin::Reading(unit, "sockets", sockets);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "counts-sockets",
    .summary = "Reports how many sockets each unit holds.",
    .kind = BH_PROBE,
    .ends = {{BH_END_RETURN, 0}},
    .watch = Watch,
};
