// Round trips of one word with a process through a connection between Unix sockets, and with a
// thread through plain memory.  How they are timed stands in latency.h.
//
// The address is chosen by the kernel in the abstract namespace: no file is made.
//
// Runs in: unit.
#include "scenarios/ipc/latency.h"

namespace {

using Measured = bulkhead::scenarios::Latency<bulkhead::scenarios::UnixSocketLink>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "latency-unix-socket",
    .summary =
        "Times a word and its answer: to a process by a connection of Unix sockets, to a thread.",
    .tags = {"cost", "message", "latency"},
    .kind = BH_MEASURE,
    .flags = BH_EXCLUSIVE,
    .ends = {{BH_END_RETURN, 0}},
    .act = Measured::Act,
    .watch = Measured::Watch,
};
