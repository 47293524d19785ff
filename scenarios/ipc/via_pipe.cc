// The victim writes its token into a pipe to each bystander, and into a plain global of each.  What
// makes that certain stands in way.h.
//
// Runs in: unit.
#include <fcntl.h>

#include "scenarios/ipc/way.h"

namespace {

struct Pipe : bulkhead::scenarios::DescriptorWay<Pipe> {
  static constexpr const char* kReading = "via-pipe";
  static bool MakeEnds(int (&ends)[2]) { return pipe2(ends, O_CLOEXEC | O_NONBLOCK) == 0; }
};

using Over = bulkhead::scenarios::HandOver<Pipe>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "via-pipe",
    .summary = "The victim sends its token to each bystander through a pipe.",
    .tags = {"ipc", "ipc-way"},
    .kind = BH_PROBE,
    .ends = {{BH_END_RETURN, 0}},
    .setup = Over::Setup,
    .prepare = Over::Prepare,
    .act = Over::Act,
    .watch = Over::Watch,
    .hit = Over::Hit,
};
