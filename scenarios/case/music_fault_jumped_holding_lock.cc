// The playback thread stores through a null pointer while it holds the lock of the rooms' state,
// and its handler of SIGSEGV jumps back: over what would have unlocked it.
//
// Runs in: unit.
#include "scenarios/case/fault_jump.h"
#include "scenarios/case/player.h"

namespace {

using bulkhead::scenarios::FaultJump;

void TakeLock() { bulkhead::scenarios::g_player.lock.lock(); }

void Fail(bulkhead::scenarios::Playback&) { FaultJump::Survive(TakeLock); }

using Music = bulkhead::scenarios::Music<Fail>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "music-fault-jumped-holding-lock",
    .summary =
        "The playback thread of a music player jumps out of a store through null made under a "
        "lock.",
    .tags = {"case", "music-player"},
    .kind = BH_FAULT,
    .ends = {{BH_END_RETURN, 0}},
    .prepare = FaultJump::Prepare<Music::Prepare>,
    .act = Music::Act,
    .watch = Music::Watch,
};
