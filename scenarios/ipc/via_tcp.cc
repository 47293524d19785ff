// The victim sends its token to each bystander over a TCP connection on the loopback interface, and
// writes it into a plain global of each.  What makes that certain stands in way.h.
//
// Runs in: unit.
#include <fcntl.h>
#include <poll.h>

#include "scenarios/ipc/loopback.h"
#include "scenarios/ipc/way.h"

namespace {

struct Tcp : bulkhead::scenarios::DescriptorWay<Tcp> {
  static constexpr const char* kReading = "via-tcp";
  static bool MakeEnds(int (&ends)[2]) {
    return bulkhead::scenarios::ConnectLoopback(ends) && fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0;
  }
  void Await(bh_unit* unit) {
    pollfd waiting{ReadEnd(unit), POLLIN, 0};
    poll(&waiting, 1, bulkhead::scenarios::kLoopbackPatienceMs);
  }
};

using Over = bulkhead::scenarios::HandOver<Tcp>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "via-tcp",
    .summary = "The victim sends its token to each bystander through TCP on loopback.",
    .tags = {"ipc", "ipc-way"},
    .kind = BH_PROBE,
    .ends = {{BH_END_RETURN, 0}},
    .setup = Over::Setup,
    .prepare = Over::Prepare,
    .act = Over::Act,
    .watch = Over::Watch,
    .hit = Over::Hit,
};
