// The victim holds the other end of a TCP connection of each bystander on the loopback interface
// and is killed; each bystander looks for the end of file or ECONNRESET.  What makes that certain
// stands in peer.h.
//
// Runs in: unit.
#include <poll.h>

#include <cerrno>

#include "scenarios/ipc/loopback.h"
#include "scenarios/ipc/peer.h"

namespace {

struct Tcp {
  static bool MakeEnds(int (&ends)[2]) { return bulkhead::scenarios::ConnectLoopback(ends); }
  static bool TellsOfEnd(int end) {
    pollfd state{end, POLLIN, 0};
    poll(&state, 1, bulkhead::scenarios::kLoopbackPatienceMs);
    char byte;
    const ssize_t got = recv(end, &byte, 1, MSG_DONTWAIT);
    return got == 0 || (got < 0 && errno == ECONNRESET);
  }
};

using Ends = bulkhead::scenarios::Peer<Tcp>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "peer-tcp",
    .summary = "The victim, the other end of a TCP connection of each bystander, is killed.",
    .tags = {"ipc", "ipc-peer"},
    .kind = BH_PROBE,
    .ends = {{BH_END_SIGNAL, SIGKILL}},
    .setup = Ends::Setup,
    .prepare = Ends::Prepare,
    .act = Ends::Act,
    .watch = Ends::Watch,
    .hit = Ends::Hit,
};
