// What ThreadSanitizer says of the unsynchronised additions of race-plain.
//
// Runs in: unit, and a program that the victim starts and reaps.
#include "scenarios/race/sanitizer.h"

namespace sanitizer = bulkhead::scenarios::sanitizer;

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "race-plain-tsan",
    .summary = "ThreadSanitizer watches the plain counter, in a program of the same source.",
    .tags = {"sanitizer"},
    .kind = BH_PROBE,
    .flags = BH_SHARED_MAPPING,
    .ends = {sanitizer::EndOf("race-plain-tsan")},
    .setup = sanitizer::Setup,
    .prepare = sanitizer::Prepare,
    .act = sanitizer::Act,
    .watch = sanitizer::Watch,
    .hit = sanitizer::Hit,
};
