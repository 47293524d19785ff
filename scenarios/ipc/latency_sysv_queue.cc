// Round trips of one word with a process through a System V message queue, and with a thread
// through plain memory.  How they are timed stands in latency.h.
//
// Such a queue outlives every process.  The victim removes it; an IPC namespace, where one may be
// made, takes along that of a victim which is killed in the middle.
//
// Runs in: zygote (setup) and unit.
#include "scenarios/ipc/latency.h"

namespace {

using Measured = bulkhead::scenarios::Latency<bulkhead::scenarios::SystemVQueueLink>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "latency-sysv-queue",
    .summary =
        "Times a word and its answer: to a process by a System V message queue, to a thread.",
    .tags = {"cost", "message", "latency"},
    .kind = BH_MEASURE,
    .flags = BH_EXCLUSIVE,
    .ends = {{BH_END_RETURN, 0}},
    .setup = bulkhead::scenarios::OwnIpcNamespace,
    .act = Measured::Act,
    .watch = Measured::Watch,
};
