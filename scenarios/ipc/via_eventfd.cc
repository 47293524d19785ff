// The victim adds its token to an eventfd counter of each bystander, which holds zero until then,
// and writes it into a plain global of each.  What makes that certain stands in way.h.
//
// Runs in: unit.
#include <sys/eventfd.h>

#include "scenarios/ipc/way.h"

namespace {

struct EventFd : bulkhead::scenarios::DescriptorWay<EventFd> {
  static constexpr const char* kReading = "via-eventfd";
  static bool MakeEnds(int (&ends)[2]) {
    ends[0] = ends[1] = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return ends[0] >= 0;
  }
};

using Over = bulkhead::scenarios::HandOver<EventFd>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "via-eventfd",
    .summary = "The victim sends its token to each bystander through an eventfd counter.",
    .tags = {"ipc", "ipc-way"},
    .kind = BH_PROBE,
    .ends = {{BH_END_RETURN, 0}},
    .setup = Over::Setup,
    .prepare = Over::Prepare,
    .act = Over::Act,
    .watch = Over::Watch,
    .hit = Over::Hit,
};
