// The victim sends its token to each bystander over a connection between two named Unix sockets,
// and writes it into a plain global of each.  What makes that certain stands in way.h.
//
// The address is chosen by the kernel in the abstract namespace: no file is made.
//
// Runs in: unit.
#include <sys/socket.h>
#include <sys/un.h>

#include "scenarios/ipc/way.h"

namespace {

// Its listener is closed at once: one connection is all that is wanted.
bool Connect(int listener, int (&ends)[2]) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  auto* name = reinterpret_cast<sockaddr*>(&address);
  socklen_t bytes = sizeof(sa_family_t);  // no name given: the kernel chooses one
  if (bind(listener, name, bytes) != 0 || listen(listener, 1) != 0) return false;
  bytes = sizeof(address);
  if (getsockname(listener, name, &bytes) != 0) return false;
  ends[1] = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (ends[1] < 0 || connect(ends[1], name, bytes) != 0) return false;
  ends[0] = accept4(listener, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
  return ends[0] >= 0;
}

struct UnixSocket : bulkhead::scenarios::DescriptorWay<UnixSocket> {
  static constexpr const char* kReading = "via-unix-socket";
  static bool MakeEnds(int (&ends)[2]) {
    const int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const bool made = listener >= 0 && Connect(listener, ends);
    close(listener);
    return made;
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
