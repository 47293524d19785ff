// The victim writes its token into a FIFO of each bystander, and into a plain global of each.  What
// makes that certain stands in way.h.
//
// The names lie in the scratch directory, and only while the ends are opened; the process's number
// keeps those of other loading processes apart.
//
// Runs in: unit.
#include <fcntl.h>
#include <sys/stat.h>

#include <cstdio>

#include "scenarios/ipc/way.h"

namespace {

struct Fifo : bulkhead::scenarios::DescriptorWay<Fifo> {
  static constexpr const char* kReading = "via-fifo";
  static bool MakeEnds(int (&ends)[2]) {
    char name[32];
    std::snprintf(name, sizeof(name), "via-fifo.%d", static_cast<int>(getpid()));
    if (mkfifo(name, 0600) != 0) return false;
    // In this order: without a reader, opening the other end fails.
    ends[0] = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    ends[1] = open(name, O_WRONLY | O_CLOEXEC | O_NONBLOCK);
    unlink(name);
    return ends[0] >= 0 && ends[1] >= 0;
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
