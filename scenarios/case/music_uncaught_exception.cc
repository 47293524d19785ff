// The playback thread throws an exception that nobody catches.  `Fail` is noexcept: the exception
// ends there, whatever the frames of the harness would do with it.
//
// Runs in: unit.
#include <csignal>

#include "scenarios/case/player.h"
#include "scenarios/case/ways.h"

namespace {

void Fail(bulkhead::scenarios::Playback&) noexcept { bulkhead::scenarios::Throw(); }

using Music = bulkhead::scenarios::Music<Fail>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "music-uncaught-exception",
    .summary = "The playback thread of a music player throws an exception that nobody catches.",
    .tags = {"case", "music-player"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGABRT}},
    .prepare = Music::Prepare,
    .act = Music::Act,
    .watch = Music::Watch,
};
