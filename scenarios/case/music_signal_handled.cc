// The playback thread gets SIGTERM, handles it and plays on.  The handler counts; a playback that
// it has not seen aborts.
//
// Runs in: unit.
#include <csignal>

#include "scenarios/case/player.h"

namespace {

using bulkhead::scenarios::Require;

volatile std::sig_atomic_t g_handled = 0;

void Handle(int) { g_handled = 1; }

void Fail(bulkhead::scenarios::Playback&) {
  raise(SIGTERM);
  Require(g_handled == 1);
}

using Music = bulkhead::scenarios::Music<Fail>;

void Prepare(bh_unit* unit) {
  Music::Prepare(unit);
  if (unit->index != bulkhead::scenarios::kVictim) return;
  struct sigaction action {};
  action.sa_handler = Handle;
  Require(sigaction(SIGTERM, &action, nullptr) == 0);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "music-signal-handled",
    .summary = "The playback thread of a music player handles SIGTERM and plays on.",
    .tags = {"case", "music-player"},
    .kind = BH_FAULT,
    .ends = {{BH_END_RETURN, 0}},
    .prepare = Prepare,
    .act = Music::Act,
    .watch = Music::Watch,
};
