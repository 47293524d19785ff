// The victim sends garbage on every socket that it has, and never stops.
#include <cstring>

#include "scenarios/common.h"
#include "tests/children/descriptors.h"

namespace {

void Act(bh_unit*) {
  static char garbage[4096];
  std::memset(garbage, 0xa5, sizeof garbage);
  for (std::size_t size = 1;; size = size % sizeof garbage + 1) {
    bulkhead::children::ForEachSocket(
        [&](int fd) { (void)!send(fd, garbage, size, MSG_NOSIGNAL); });
  }
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "act-floods-channel",
    .summary = "Floods its channel with garbage.",
    .kind = BH_FAULT,
    .ends = {{BH_END_RETURN, 0}},
    .act = Act,
};
