// Round trips of one word with a process through a word of shared memory and a futex: what a thread
// does, but for the address space.  How they are timed stands in latency.h.
//
// Runs in: unit.
#include "scenarios/ipc/latency.h"

namespace {

using Measured =
    bulkhead::scenarios::Latency<bulkhead::scenarios::SharedDesk<bulkhead::scenarios::FutexDesk>>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "latency-shared-memory",
    .summary =
        "Times a word and its answer: to a process by shared memory and a futex, to a thread.",
    .tags = {"cost", "message", "latency"},
    .kind = BH_MEASURE,
    .flags = BH_EXCLUSIVE,
    .ends = {{BH_END_RETURN, 0}},
    .act = Measured::Act,
    .watch = Measured::Watch,
};
