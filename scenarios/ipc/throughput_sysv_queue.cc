// Bulk data to a process through a System V message queue, and to a thread in plain memory.  How
// they are timed stands in throughput.h.
//
// A queue takes no 64 KiB at a time: the messages go in parts of 8 KiB, the usual msgmax.
//
// Such a queue outlives every process.  The victim removes it; an IPC namespace, where one may be
// made, takes along that of a victim which is killed in the middle.
//
// Runs in: zygote (setup) and unit.
#include "scenarios/ipc/throughput.h"

namespace {

using Measured = bulkhead::scenarios::Throughput<
    bulkhead::scenarios::Copying<bulkhead::scenarios::SystemVQueueLink>>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "throughput-sysv-queue",
    .summary =
        "Times 1 MiB in messages of 64 KiB: to a process by a System V message queue, to a thread.",
    .tags = {"cost", "message", "throughput"},
    .kind = BH_MEASURE,
    .flags = BH_EXCLUSIVE,
    .ends = {{BH_END_RETURN, 0}},
    .setup = bulkhead::scenarios::OwnIpcNamespace,
    .act = Measured::Act,
    .watch = Measured::Watch,
};
