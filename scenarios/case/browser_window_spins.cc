// A window's script paints the page again and again, waiting for a picture that never comes.  What
// it compares with is opaque: no compiler may see that the loop has no end, nor take it for dead.
//
// Runs in: unit.
#include "scenarios/case/window.h"

namespace {

void Animate(bulkhead::scenarios::Page& page) {
  const std::uint64_t picture = page.Show();
  while (page.Show() == bulkhead::plugin::Opaque(picture)) {
  }
}

using Windows = bulkhead::scenarios::Windows<Animate>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "browser-window-spins",
    .summary = "The script of a browser window paints for ever.",
    .tags = {"case", "browser-window"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SPINNING, 0}},
    .prepare = Windows::Prepare,
    .act = Windows::Act,
    .watch = Windows::Watch,
};
