// Loads through a null pointer.  The compiler cannot see that the pointer is null, the object is
// volatile, and the value is used: an unused load may be deleted.
//
// Runs in: unit.
#include <csignal>

#include "scenarios/common.h"

namespace {

using bulkhead::plugin::Opaque;

void Act(bh_unit*) { Opaque(*Opaque(static_cast<const volatile int*>(nullptr))); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "null-load",
    .summary = "Loads through a null pointer.",
    .tags = {"fatal", "failure", "ends-process", "memory"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGSEGV}},
    .act = Act,
};
