// The playback thread ends itself while it holds the lock of the rooms' state, with no guard object
// that would let go of it.  The calls have effects that no compiler may remove.
//
// Runs in: unit.
#include "scenarios/case/player.h"

namespace {

void Fail(bulkhead::scenarios::Playback&) {
  bulkhead::scenarios::g_player.lock.lock();
  pthread_exit(nullptr);
}

using Music = bulkhead::scenarios::Music<Fail>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "music-exit-holding-lock",
    .summary = "The playback thread of a music player ends itself, under a lock.",
    .tags = {"case", "music-player"},
    .kind = BH_FAULT,
    .ends = {{BH_END_THREAD, 0}, {BH_END_EXIT, 0}},
    .prepare = Music::Prepare,
    .act = Music::Act,
    .watch = Music::Watch,
};
