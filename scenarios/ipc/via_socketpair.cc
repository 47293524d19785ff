// The victim writes its token into a socket pair of each bystander, and into a plain global of
// each.  What makes that certain stands in way.h.
//
// Runs in: unit.
#include <sys/socket.h>

#include "scenarios/ipc/way.h"

namespace {

struct SocketPair : bulkhead::scenarios::DescriptorWay<SocketPair> {
  static constexpr const char* kReading = "via-socketpair";
  static bool MakeEnds(int (&ends)[2]) {
    return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) == 0;
  }
};

using Over = bulkhead::scenarios::HandOver<SocketPair>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "via-socketpair",
    .summary = "The victim sends its token to each bystander through a socket pair.",
    .tags = {"ipc", "ipc-way"},
    .kind = BH_PROBE,
    .ends = {{BH_END_RETURN, 0}},
    .setup = Over::Setup,
    .prepare = Over::Prepare,
    .act = Over::Act,
    .watch = Over::Watch,
    .hit = Over::Hit,
};
