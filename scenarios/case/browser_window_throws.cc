// A window's script throws an exception that nobody catches.  The throw stays in a function of its
// own.
//
// Runs in: unit.
#include <csignal>

#include "scenarios/case/ways.h"
#include "scenarios/case/window.h"

namespace {

void Fail(bulkhead::scenarios::Page&) { bulkhead::scenarios::Throw(); }

using Windows = bulkhead::scenarios::Windows<Fail>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "browser-window-throws",
    .summary = "The script of a browser window throws an exception that nobody catches.",
    .tags = {"case", "browser-window"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGABRT}},
    .prepare = Windows::Prepare,
    .act = Windows::Act,
    .watch = Windows::Watch,
};
