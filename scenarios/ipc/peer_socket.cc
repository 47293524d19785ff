// The victim holds the other end of a socket pair of each bystander and is killed; each bystander
// looks for the hang-up.  What makes that certain stands in peer.h.
//
// Runs in: unit.
#include <poll.h>

#include "scenarios/ipc/peer.h"

namespace {

struct SocketPair {
  static bool MakeEnds(int (&ends)[2]) {
    return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) == 0;
  }
  static bool TellsOfEnd(int end) {
    pollfd state{end, POLLIN, 0};
    return poll(&state, 1, 0) == 1 && (state.revents & POLLHUP) != 0;
  }
};

using Ends = bulkhead::scenarios::Peer<SocketPair>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "peer-socket",
    .summary = "The victim, the other end of a socket pair of each bystander, is killed.",
    .tags = {"ipc", "ipc-peer"},
    .kind = BH_PROBE,
    .ends = {{BH_END_SIGNAL, SIGKILL}},
    .setup = Ends::Setup,
    .prepare = Ends::Prepare,
    .act = Ends::Act,
    .watch = Ends::Watch,
    .hit = Ends::Hit,
};
