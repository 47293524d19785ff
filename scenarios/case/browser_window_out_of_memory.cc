// A window's script loads pictures until its process may map no more memory, and nobody catches the
// std::bad_alloc.  What the operator gives is opaque: no compiler may leave the allocation out.
//
// The limit is this process's own, and the machine does not feel it.
//
// Runs in: unit.
#include <csignal>

#include "scenarios/case/ways.h"
#include "scenarios/case/window.h"

namespace {

void Fill(bulkhead::scenarios::Page&) { bulkhead::scenarios::LoadPicturesForEver(); }

using Windows = bulkhead::scenarios::Windows<Fill>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "browser-window-out-of-memory",
    .summary =
        "The script of a browser window loads pictures until its process may have no more memory.",
    .tags = {"case", "browser-window"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGABRT}},
    .prepare = Windows::Prepare,
    .act = Windows::Act,
    .watch = Windows::Watch,
};
