// Bulk data to a process through a connection between Unix sockets, and to a thread in plain
// memory.  How they are timed stands in throughput.h.
//
// The address is chosen by the kernel in the abstract namespace: no file is made.
//
// Runs in: unit.
#include "scenarios/ipc/throughput.h"

namespace {

using Measured = bulkhead::scenarios::Throughput<
    bulkhead::scenarios::Copying<bulkhead::scenarios::UnixSocketLink>>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "throughput-unix-socket",
    .summary =
        "Times 1 MiB in messages of 64 KiB: to a process by a connection of Unix sockets, to a "
        "thread.",
    .tags = {"cost", "message", "throughput"},
    .kind = BH_MEASURE,
    .flags = BH_EXCLUSIVE,
    .ends = {{BH_END_RETURN, 0}},
    .act = Measured::Act,
    .watch = Measured::Watch,
};
