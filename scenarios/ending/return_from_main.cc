// Returns from a main function: the C library ends the process with what main returned, exit
// handlers and all, whatever other threads are doing ([basic.start.main]).  The call has an effect
// that no compiler may remove.
//
// A unit is called from within the harness's main and cannot return from that.  So it has the C
// library's own start-up code call a main of the plugin's: that main returns to where every
// program's does.  In the vehicle `main`, and where a unit is a process, its thread is the first
// one, as in a program.  Only glibc is known to bear a second call; with another C library nothing
// is claimed.
//
// Runs in: unit.
#include <cstdlib>

#include "scenarios/common.h"

// The start-up code of glibc (sysdeps/.../start.S calls it) is in no header.
extern "C" int __libc_start_main(int (*main)(int, char**, char**), int argc, char** argv,
                                 void (*init)(int, char**, char**), void (*fini)(),
                                 void (*end_of_loader)(), void* stack_end);

namespace {

constexpr int kResult = 5;

BH_KEEP int Main(int, char**, char**) { return kResult; }

// Without an `init`, glibc from 2.34 on would run the program's constructors again.
void InitNothing(int, char**, char**) {}

void Act(bh_unit*) {
  char name[] = "return-from-main";
  char* arguments[] = {name, nullptr};
  __libc_start_main(Main, 1, arguments, InitNothing, nullptr, nullptr, arguments);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "return-from-main",
    .summary = "Returns 5 from a main function.",
    .tags = {"failure", "ends-process", "exit"},
    .kind = BH_FAULT,
    .ends = {{BH_END_EXIT, kResult}},
    .act = Act,
};
