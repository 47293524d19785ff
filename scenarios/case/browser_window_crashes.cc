// A window's script stores through a null pointer.  The store is volatile and its address opaque.
//
// Runs in: unit.
#include <csignal>

#include "scenarios/case/ways.h"
#include "scenarios/case/window.h"

namespace {

void Crash(bulkhead::scenarios::Page&) { bulkhead::scenarios::StoreThroughNull(); }

using Windows = bulkhead::scenarios::Windows<Crash>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "browser-window-crashes",
    .summary = "The script of a browser window stores through a null pointer.",
    .tags = {"case", "browser-window"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGSEGV}},
    .prepare = Windows::Prepare,
    .act = Windows::Act,
    .watch = Windows::Watch,
};
