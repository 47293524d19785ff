// Bulk data to a process through a POSIX message queue, and to a thread in plain memory.  How they
// are timed stands in throughput.h.
//
// A queue takes no 64 KiB at a time: the messages go in parts of the system's default size, mostly
// 8 KiB.
//
// Runs in: unit.
#include "scenarios/ipc/throughput.h"

namespace {

using Measured = bulkhead::scenarios::Throughput<
    bulkhead::scenarios::Copying<bulkhead::scenarios::PosixQueueLink>>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "throughput-posix-queue",
    .summary =
        "Times 1 MiB in messages of 64 KiB: to a process by a POSIX message queue, to a thread.",
    .tags = {"cost", "message", "throughput"},
    .kind = BH_MEASURE,
    .flags = BH_EXCLUSIVE,
    .ends = {{BH_END_RETURN, 0}},
    .act = Measured::Act,
    .watch = Measured::Watch,
};
