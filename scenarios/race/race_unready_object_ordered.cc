// The object is filled before its pointer is stored with release order and loaded with acquire.
//
// Runs in: unit.
#include "scenarios/race/object.h"

namespace {

using Publication = bulkhead::scenarios::OrderedPublication;
using UnreadyObject = bulkhead::scenarios::UnreadyObject<Publication>;

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "race-unready-object-ordered",
    .summary =
        "The victim publishes objects once they are filled (release, acquire), while the others "
        "wait.",
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
