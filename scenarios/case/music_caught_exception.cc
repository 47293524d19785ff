// The playback thread throws an exception while it holds the lock of the rooms' state, and catches
// it outside: a guard object has let go of the lock on the way.  A playback that did not come by
// the handler aborts.
//
// Runs in: unit.
#include "scenarios/case/player.h"
#include "scenarios/case/ways.h"

namespace {

using bulkhead::scenarios::g_player;

void Fail(bulkhead::scenarios::Playback&) {
  bool caught = false;
  try {
    const std::lock_guard guard(g_player.lock);
    bulkhead::scenarios::Throw();
  } catch (const std::runtime_error&) {
    caught = true;
  }
  bulkhead::scenarios::Require(bulkhead::plugin::Opaque(caught));
}

using Music = bulkhead::scenarios::Music<Fail>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "music-caught-exception",
    .summary = "The playback thread of a music player throws under a lock guard, and catches.",
    .tags = {"case", "music-player"},
    .kind = BH_FAULT,
    .ends = {{BH_END_RETURN, 0}},
    .prepare = Music::Prepare,
    .act = Music::Act,
    .watch = Music::Watch,
};
