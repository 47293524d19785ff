// Bulk data to a process that shares two buffers with the sender; eventfds, as counting semaphores,
// say whose turn a buffer is.  An eventfd carries no data of its own, so nothing is copied.  How it
// is timed stands in throughput.h.
//
// Runs in: unit.
#include "scenarios/ipc/throughput.h"

namespace {

using Measured = bulkhead::scenarios::Throughput<
    bulkhead::scenarios::InPlace<bulkhead::scenarios::EventfdGate, MAP_SHARED>>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "throughput-eventfd",
    .summary =
        "Times 1 MiB in messages of 64 KiB: to a process by shared memory and eventfds, to a "
        "thread.",
    .tags = {"cost", "message", "throughput"},
    .kind = BH_MEASURE,
    .flags = BH_EXCLUSIVE,
    .ends = {{BH_END_RETURN, 0}},
    .act = Measured::Act,
    .watch = Measured::Watch,
};
