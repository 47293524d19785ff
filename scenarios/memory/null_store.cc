// Stores through a null pointer.  The compiler cannot see that the pointer is null, and the object
// is volatile.
//
// Runs in: unit.
#include <csignal>

#include "scenarios/common.h"

namespace {

void Act(bh_unit*) { *bulkhead::plugin::Opaque(static_cast<volatile int*>(nullptr)) = 1; }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "null-store",
    .summary = "Stores through a null pointer.",
    .tags = {"fatal", "failure", "ends-process", "memory"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGSEGV}},
    .act = Act,
};
