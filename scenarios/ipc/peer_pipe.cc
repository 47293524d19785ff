// The victim holds the only write end of a pipe to each bystander and is killed; each bystander
// looks for the end of file.  What makes that certain stands in peer.h.
//
// Runs in: unit.
#include <fcntl.h>

#include "scenarios/ipc/peer.h"

namespace {

struct Pipe {
  static bool MakeEnds(int (&ends)[2]) { return pipe2(ends, O_CLOEXEC | O_NONBLOCK) == 0; }
  static bool TellsOfEnd(int end) {
    char byte;
    return read(end, &byte, 1) == 0;
  }
};

using Ends = bulkhead::scenarios::Peer<Pipe>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "peer-pipe",
    .summary = "The victim, the only writer of a pipe to each bystander, is killed.",
    .tags = {"ipc", "ipc-peer"},
    .kind = BH_PROBE,
    .ends = {{BH_END_SIGNAL, SIGKILL}},
    .setup = Ends::Setup,
    .prepare = Ends::Prepare,
    .act = Ends::Act,
    .watch = Ends::Watch,
    .hit = Ends::Hit,
};
