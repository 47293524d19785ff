// Throws an exception that nobody catches.  `Act` is noexcept: the exception ends at the plugin's
// own edge, whatever the frames of the harness would do with it.  A throw has an effect that no
// compiler may remove.
//
// Runs in: unit.
#include <csignal>
#include <stdexcept>

#include "scenarios/common.h"

namespace {

BH_KEEP void Throw() { throw std::runtime_error("uncaught on purpose"); }

void Act(bh_unit*) noexcept { Throw(); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "uncaught-exception",
    .summary = "Throws a C++ exception that nobody catches.",
    .tags = {"fatal", "failure", "ends-process", "exception"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGABRT}},
    .act = Act,
};
