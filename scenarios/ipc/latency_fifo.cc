// Round trips of one word with a process through a FIFO each way, and with a thread through plain
// memory.  How they are timed stands in latency.h.
//
// The names lie in the scratch directory, and only while the ends are opened.
//
// Runs in: unit.
#include "scenarios/ipc/latency.h"

namespace {

using Measured = bulkhead::scenarios::Latency<bulkhead::scenarios::FifoLink>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "latency-fifo",
    .summary = "Times a word and its answer: to a process by FIFOs, to a thread.",
    .tags = {"cost", "message", "latency"},
    .kind = BH_MEASURE,
    .flags = BH_EXCLUSIVE,
    .ends = {{BH_END_RETURN, 0}},
    .act = Measured::Act,
    .watch = Measured::Watch,
};
