// The pointer to an object is stored before the object is filled, while others wait for it.
//
// Runs in: unit.
#include "scenarios/race/object.h"

namespace {

using Publication = bulkhead::scenarios::EarlyPublication;
using UnreadyObject = bulkhead::scenarios::UnreadyObject<Publication>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "race-unready-object",
    .summary = "The victim publishes objects before it fills them, while the others wait for them.",
    .tags = {"race"},
    .kind = BH_PROBE,
    .flags = BH_EVERYONE_ACTS,
    .ends = {{BH_END_RETURN, 0}},
    .setup = UnreadyObject::Setup,
    .prepare = UnreadyObject::Prepare,
    .act = UnreadyObject::Act,
    .watch = UnreadyObject::Watch,
    .hit = UnreadyObject::Hit,
};
