// The playback thread stores through a null pointer.  The store is volatile and its address opaque.
//
// Runs in: unit.
#include <csignal>

#include "scenarios/case/player.h"
#include "scenarios/case/ways.h"

namespace {

void Fail(bulkhead::scenarios::Playback&) { bulkhead::scenarios::StoreThroughNull(); }

using Music = bulkhead::scenarios::Music<Fail>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "music-null-store",
    .summary = "The playback thread of a music player stores through a null pointer.",
    .tags = {"case", "music-player"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGSEGV}},
    .prepare = Music::Prepare,
    .act = Music::Act,
    .watch = Music::Watch,
};
