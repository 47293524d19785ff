// The victim sends its token to each bystander over a connection between two named Unix sockets,
// and writes it into a plain global of each.  What makes that certain stands in way.h.
//
// The address is chosen by the kernel in the abstract namespace: no file is made.
//
// Runs in: unit.
#include "scenarios/ipc/ends.h"
#include "scenarios/ipc/way.h"

namespace {

struct UnixSocket : bulkhead::scenarios::DescriptorWay<UnixSocket> {
  static constexpr const char* kReading = "via-unix-socket";
  static bool MakeEnds(int (&ends)[2]) {
    return bulkhead::scenarios::ConnectUnixSockets(SOCK_NONBLOCK, ends);
  }
};

using Over = bulkhead::scenarios::HandOver<UnixSocket>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "via-unix-socket",
    .summary = "The victim sends its token to each bystander through a Unix socket.",
    .tags = {"ipc", "ipc-way"},
    .kind = BH_PROBE,
    .ends = {{BH_END_RETURN, 0}},
    .setup = Over::Setup,
    .prepare = Over::Prepare,
    .act = Over::Act,
    .watch = Over::Watch,
    .hit = Over::Hit,
};
