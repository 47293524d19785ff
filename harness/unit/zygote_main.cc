// bulkhead-zygote PLUGIN CHANNEL [UNIT TRIAL]: started by the supervisor, or by the exec vehicle
// for one unit.  Links nothing that is not needed in a process that will be forked thousands of
// times.
//
// Runs in: zygote, unit.
#include <unistd.h>

#include <cstdlib>
#include <iterator>

#include "harness/unit/zygote.h"

// libstdc++'s own would bring in a demangler, which makes half of this program; and every text page
// that a unit touches is a fault.  A plugin that lets an exception escape ends by SIGABRT as it
// did.
namespace __gnu_cxx {
void __verbose_terminate_handler() { std::abort(); }
}  // namespace __gnu_cxx

int main(int argc, char** argv) {
  if (argc != 3 && argc != 5) {
    static constexpr char kUsage[] =
        "bulkhead-zygote is a part of bulkhead and is started by it alone; see bulkhead --help\n";
    (void)!write(STDERR_FILENO, kUsage, std::size(kUsage) - 1);
    return 2;
  }
  const int channel = static_cast<int>(std::strtol(argv[2], nullptr, 10));
  // Never through exit(): the plugin's destructors are none of the trial's business.
  if (argc == 3) _exit(bulkhead::ServeZygote(argv[1], channel));
  const auto index = static_cast<unsigned>(std::strtoul(argv[3], nullptr, 10));
  _exit(bulkhead::ServeExecutedUnit(argv[1], channel, index, std::strtoull(argv[4], nullptr, 10)));
}
