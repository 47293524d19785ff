// Makes a thread that lets an exception escape: std::terminate ends the process, though the victim
// itself only waits for its worker.  `Work` is noexcept: the exception ends at the plugin's own
// edge.  A throw has an effect that no compiler may remove.
//
// Runs in: unit.
#include <csignal>
#include <stdexcept>
#include <thread>

#include "scenarios/common.h"

namespace {

BH_KEEP void Throw() { throw std::runtime_error("uncaught on purpose, in a worker"); }

void Work() noexcept { Throw(); }

void Act(bh_unit*) { std::thread(Work).join(); }

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "worker-throws",
    .summary = "Makes a thread that lets a C++ exception escape.",
    .tags = {"fatal", "failure", "ends-process", "exception", "worker"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGABRT}},
    .act = Act,
};
