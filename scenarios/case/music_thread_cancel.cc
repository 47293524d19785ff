// The playback thread is cancelled and comes to a cancellation point.  The calls have effects that
// no compiler may remove.
//
// Runs in: unit.
#include "scenarios/case/player.h"

namespace {

void Fail(bulkhead::scenarios::Playback&) {
  pthread_cancel(pthread_self());
  pthread_testcancel();
}

using Music = bulkhead::scenarios::Music<Fail>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "music-thread-cancel",
    .summary = "The playback thread of a music player is cancelled.",
    .tags = {"case", "music-player"},
    .kind = BH_FAULT,
    .ends = {{BH_END_THREAD, 0}, {BH_END_EXIT, 0}},
    .prepare = Music::Prepare,
    .act = Music::Act,
    .watch = Music::Watch,
};
