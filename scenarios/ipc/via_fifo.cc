// The victim writes its token into a FIFO of each bystander, and into a plain global of each.  What
// makes that certain stands in way.h.
//
// The names lie in the scratch directory, and only while the ends are opened.
//
// Runs in: unit.
#include "scenarios/ipc/ends.h"
#include "scenarios/ipc/way.h"

namespace {

struct Fifo : bulkhead::scenarios::DescriptorWay<Fifo> {
  static constexpr const char* kReading = "via-fifo";
  static bool MakeEnds(int (&ends)[2]) {
    return bulkhead::scenarios::MakeFifo("via-fifo", O_NONBLOCK, ends);
  }
};

using Over = bulkhead::scenarios::HandOver<Fifo>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "via-fifo",
    .summary = "The victim sends its token to each bystander through a FIFO.",
    .tags = {"ipc", "ipc-way"},
    .kind = BH_PROBE,
    .ends = {{BH_END_RETURN, 0}},
    .setup = Over::Setup,
    .prepare = Over::Prepare,
    .act = Over::Act,
    .watch = Over::Watch,
    .hit = Over::Hit,
};
