// Lets an exception leave a function that promises not to throw.  Its caller would catch it, in
// vain: the C++ runtime calls std::terminate at the broken promise.  A throw has an effect that no
// compiler may remove.
//
// Runs in: unit.
#include <csignal>
#include <stdexcept>

#include "scenarios/common.h"

namespace {

BH_KEEP void Throw() { throw std::runtime_error("thrown through noexcept on purpose"); }

BH_KEEP void Promise() noexcept { Throw(); }

void Act(bh_unit*) {
  try {
    Promise();
  } catch (...) {
    // Never reached; if it is, the act returns and the trial does not count.
  }
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "noexcept-violation",
    .summary = "Throws a C++ exception out of a noexcept function, below a catch (...).",
    .tags = {"fatal", "failure", "ends-process", "exception"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGABRT}},
    .act = Act,
};
