// The playback thread stores through a null pointer, its handler of SIGSEGV jumps back, and it
// plays on.  It held no lock.
//
// Runs in: unit.
#include "scenarios/case/fault_jump.h"
#include "scenarios/case/player.h"

namespace {

using bulkhead::scenarios::FaultJump;

void HoldNothing() {}

void Fail(bulkhead::scenarios::Playback&) { FaultJump::Survive(HoldNothing); }

using Music = bulkhead::scenarios::Music<Fail>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "music-fault-jumped",
    .summary =
        "The playback thread of a music player jumps out of a store through null, and plays on.",
    .tags = {"case", "music-player"},
    .kind = BH_FAULT,
    .ends = {{BH_END_RETURN, 0}},
    .prepare = FaultJump::Prepare<Music::Prepare>,
    .act = Music::Act,
    .watch = Music::Watch,
};
