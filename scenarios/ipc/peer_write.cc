// The victim holds the only read end of a pipe from each bystander and is killed; each bystander
// writes and looks for EPIPE, with SIGPIPE ignored.  What makes that certain stands in peer.h.
//
// Runs in: unit.
#include <fcntl.h>

#include <cerrno>
#include <utility>

#include "scenarios/ipc/peer.h"

namespace {

struct WrittenPipe {
  static bool MakeEnds(int (&ends)[2]) {
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return false;
    std::swap(ends[0], ends[1]);
    return true;
  }
  static bool TellsOfEnd(int end) {
    signal(SIGPIPE, SIG_IGN);
    return write(end, "", 1) < 0 && errno == EPIPE;
  }
};

using Ends = bulkhead::scenarios::Peer<WrittenPipe>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "peer-write",
    .summary = "The victim, the only reader of a pipe from each bystander, is killed.",
    .tags = {"ipc", "ipc-peer"},
    .kind = BH_PROBE,
    .ends = {{BH_END_SIGNAL, SIGKILL}},
    .setup = Ends::Setup,
    .prepare = Ends::Prepare,
    .act = Ends::Act,
    .watch = Ends::Watch,
    .hit = Ends::Hit,
};
