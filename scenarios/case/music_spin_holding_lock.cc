// The playback thread decodes the same buffer for ever while it holds the lock of the rooms' state.
// The buffer is opaque: no compiler may leave the work out.
//
// Runs in: unit.
#include "scenarios/case/player.h"

namespace {

void Fail(bulkhead::scenarios::Playback& playback) {
  bulkhead::scenarios::g_player.lock.lock();
  for (;;) bulkhead::plugin::Opaque(&playback)->Decode();
}

using Music = bulkhead::scenarios::Music<Fail>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "music-spin-holding-lock",
    .summary = "The playback thread of a music player decodes for ever, under a lock.",
    .tags = {"case", "music-player"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SPINNING, 0}},
    .prepare = Music::Prepare,
    .act = Music::Act,
    .watch = Music::Watch,
};
