// Recurses until the stack ends.  Frames are smaller than a page, so that no guard page is jumped.
// The frame is used after the call: the recursion cannot become a loop.
//
// Runs in: unit.
#include <csignal>

#include "scenarios/common.h"

namespace {

constexpr std::size_t kFrameBytes = 1024;

BH_KEEP void Descend(std::uint64_t depth) {
  volatile unsigned char frame[kFrameBytes];
  frame[0] = static_cast<unsigned char>(depth);
  if (depth != 0) Descend(depth - 1);
  bulkhead::plugin::Opaque(&frame[0]);
}

void Act(bh_unit*) { Descend(UINT64_MAX); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "stack-overflow",
    .summary = "Recurses, page by page, beyond the end of its stack.",
    .tags = {"fatal", "failure", "ends-process", "memory", "stack"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGSEGV}},
    .act = Act,
};
